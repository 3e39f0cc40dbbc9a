"""Words of publishing, time and praise, which head posts on any subject and name none."""

from collections.abc import Mapping

_ENGLISH = """
a re fwd about add added adding all also an and announce announced announces announcing announcement
announcements answer answers april article articles august available award awards back behind best
better beyond big blog blogs brand bring brings build built case check come coming coverage create
creating day days december deep different discover dive download early easy edition end enjoy
episode episodes essential everything everyone explained february featured features feature final
find first five follow four free friday full fun future get gets getting give gives going good great
guide guides happy help helping helps hello here highlights hour hours important improve improved
improving inside insight insights interview interviews introduce introduced introduces introducing
introduction issue january join joins july june keep key know last latest launch launched launches
launching learn learned learning lesson lessons less let list listen little live long look looking
made major make makes making march matter matters may meet member members method methods minute
minutes monday month monthly months more need needs never new newest news newsletter next now
november october one online open our out over page part people perfect please podcast popular post
posted posts powerful press preview problem problems quick ready real really reason reasons recap
receive release released releases report reports result results review reviews right roundup run
saturday save say says season see september series set seven share show shows side simple simply
site six small something special stage start started starting statement step steps still stories
story summary sunday take takes talk talks team ten than thank thanks things think this three
thursday time times tip tips today together top tuesday tutorial two ultimate understand
understanding understood update updated updates upgrade use used using version versions via video
videos visit want watch way ways wednesday week weekly welcome what when why win wins winner winners
wish work working works world year years yes you your comes ever finally looks plan plans ahead
tomorrow yesterday tonight morning ones others lot lots thing stuff bit kind sort various several
many number including must-have must how-to faq q&a intro vol volume chapter no uncategorized
general miscellaneous misc default appeared continue reading read click comment comments permalink
link links homepage author admin editor staff subscribe rss pdf turns goes went gone got gave told
tell tells ask asks asked call calls called means mean feel feels fix fixes fixed fixing bump bumps
bumped minor improvement improvements change changes changed changelog remove removed dear hi hey ok
okay greetings recommend recommended wip draft test tests hotfix bugfix src com www http https org
net html php between within without during against among through toward towards across around before
after since until while whether per both either each every another such same own too very much most
least
"""
_GERMAN = """
neu neue neuer neues neuen neuem aktuell aktuelle aktuelles aktuellen mehr lesen weiterlesen weiter
beitrag beiträge artikel folge teil serie tipp tipps jahr jahre jahren monat monate woche wochen tag
tage tagen heute morgen gestern januar februar märz april mai juni juli august september oktober
november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag wichtig wichtige
wichtigsten beste besten besser gut gute guten großer große großen warum wieso wie was wer wann
welche welcher so geht einfach richtig jetzt endlich überblick einblick einblicke rückblick ausblick
ratgeber anleitung interview news meldung pressemitteilung presse blog webinar video podcast
erfahren entdecken machen macht kommt kommen gibt geben zeigt zeigen stellt stellen startet starten
herzlich willkommen danke gewinnt gewinner unsere unser unserem unseren ihre ihr team thema themen
fragen antworten schritt schritte gründe allgemein sonstiges wissen müssen muss sollte sollten
gelingt gelingen lohnt lohnen einstieg braucht brauchen finden findet bietet bieten bringt bringen
"""
_FRENCH = """
nouveau nouvelle nouveaux nouvelles actualité actualités article articles lire suite plus savoir
découvrez découvrir comment pourquoi quoi quel quelle quels quelles partie épisode série conseil
conseils astuce astuces guide semaine semaines mois année années an ans jour jours janvier février
mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi
vendredi samedi dimanche meilleur meilleure meilleurs meilleures bien bon bonne bons bonnes grand
grande notre nos votre vos faire fait faut retour tout toute tous toutes étapes raisons bilan
bienvenue merci blog vidéo communiqué presse événement équipe lance lancement annonce présente
choisir comptent compte trouver réussir
"""
_SPANISH = """
nuevo nueva nuevos nuevas noticia noticias artículo artículos leer más saber descubre descubrir cómo
por qué cuál cuáles parte episodio serie consejo consejos guía semana semanas mes meses año años día
días enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes
martes miércoles jueves viernes sábado domingo mejor mejores bueno buena gran grande nuestro nuestra
nuestros nuestras tu tus hacer hace toda todos todas pasos razones bienvenido gracias blog vídeo
video prensa comunicado equipo lanza lanzamiento anuncia presenta elegir debe deben importa importan
encontrar
"""
_ITALIAN = """
nuovo nuova nuovi nuove novità notizia notizie articolo articoli leggi leggere tutto più sapere
scopri scoprire come perché quale quali parte episodio serie consiglio consigli guida settimana
settimane mese mesi anno anni giorno giorni gennaio febbraio marzo aprile maggio giugno luglio
agosto settembre ottobre novembre dicembre lunedì martedì mercoledì giovedì venerdì sabato domenica
migliore migliori buono buona grande nostro nostra nostri nostre tuo tua tuoi fare tutti tutte passi
motivi benvenuto grazie blog video stampa comunicato squadra team lancia lancio annuncia presenta
scegliere contano conta trovare
"""
_DUTCH = """
nieuw nieuwe nieuws artikel artikelen lees lezen meer weten ontdek hoe waarom wat welke deel
aflevering serie tip tips gids week weken maand maanden jaar jaren dag dagen januari februari maart
april mei juni juli augustus september oktober november december maandag dinsdag woensdag donderdag
vrijdag zaterdag zondag beste beter goed goede grote onze ons jouw uw maken maakt doen alle stappen
redenen welkom bedankt blog video persbericht team lanceert lancering kiezen vinden moet moeten
"""
_PORTUGUESE = """
novo nova novos novas notícia notícias artigo artigos ler leia mais saber saiba descubra como por
que qual quais parte episódio série dica dicas guia semana semanas mês meses ano anos dia dias
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro segunda
terça quarta quinta sexta sábado domingo melhor melhores bom boa grande nosso nossa nossos nossas
seu sua seus suas fazer faz tudo todos todas passos razões obrigado blog vídeo imprensa equipe
equipa lança lançamento anuncia apresenta escolher encontrar importa
"""

PLAIN_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in (
        ("en", _ENGLISH),
        ("de", _GERMAN),
        ("fr", _FRENCH),
        ("es", _SPANISH),
        ("it", _ITALIAN),
        ("nl", _DUTCH),
        ("pt", _PORTUGUESE),
    )
}
"""By the code of the language; those of English hold in all, as it heads posts everywhere."""
