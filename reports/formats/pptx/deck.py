"""Draw the slides: title, chart or table or points, foot, and what the speaker says."""

from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from reports.formats.pptx.look import (
    BODY,
    FONT,
    HEAD,
    HEIGHT,
    INK,
    MARGIN,
    MUTED,
    SMALL,
    TABLE,
    TINY,
    WIDTH,
    SlideLook,
    look_of,
    title_size,
)
from reports.formats.pptx.native import add_chart, add_table
from reports.formats.pptx.slides import Slide, Story
from reports.formats.pptx.story import story_of
from reports.harmless import legible
from reports.package import check_package
from reports.report import Report
from reports.save import save
from reports.tables import Sentence

_ROOM = WIDTH - 2 * MARGIN
_TITLE_ONLY, _TITLE_SLIDE = 5, 0
"""Places of layouts in the template of python-pptx."""

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_TEMPLATE_WIDTH = 10.0
"""Inches of a slide of the template, which is 4 to 3."""

_LOGO = (2.2, 0.9)
"""Width and height in inches that a logo has room for."""


def write_deck(report: Report, path: Path) -> Path:
    """Write the deck, whole or not at all; return the path as it really is.

    Raises:
        SaveError: it could not be written; an older deck is as it was.
    """
    return save(path, lambda temporary: _write(report, temporary))


def _write(report: Report, path: Path) -> None:
    """Draw the deck, save it, and read it back."""
    deck = drawn(story_of(report), look_of(report))
    about, run = deck.core_properties, report.snapshot.run
    about.title = legible(story_title(deck))
    about.author = about.last_modified_by = "social-audit"
    about.created = about.modified = run.started_at.replace(tzinfo=None)
    deck.save(str(path))
    check_package(path)


def story_title(deck: Any) -> str:
    """Return the title of the first slide."""
    return str(deck.slides[0].shapes.title.text_frame.text)


def drawn(story: Story, look: SlideLook) -> Any:
    """Return the deck of a story in a look."""
    deck = Presentation()
    _widen(deck)
    _dress(deck, look)
    _first(deck, story, look)
    for slide in story.slides:
        _add(deck, slide, look)
    return deck


def _widen(deck: Any) -> None:
    """Make the slides 16 to 9, with the layouts that a person may take for slides of his own."""
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    share = WIDTH / _TEMPLATE_WIDTH
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            shape.left, shape.width = round(shape.left * share), round(shape.width * share)


def _dress(deck: Any, look: SlideLook) -> None:
    """Put colours and type into the theme, so that all of the deck follows where it is changed."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    colors = {
        "dk1": INK,
        "dk2": MUTED,
        "lt2": HEAD,
        "accent1": look.own,
        "accent2": look.rival,
        "accent3": look.accent,
    }
    for name, color in colors.items():
        for place in theme.iter(f"{{{_MAIN}}}{name}"):
            place.clear()
            etree.SubElement(place, f"{{{_MAIN}}}srgbClr", val=color)
    for font in theme.iter(f"{{{_MAIN}}}majorFont", f"{{{_MAIN}}}minorFont"):
        for latin in font.iterfind(f"{{{_MAIN}}}latin"):
            latin.set("typeface", FONT)
    # python-pptx 1.0.2 reads a theme as bytes and offers no way to change them.
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001


def _first(deck: Any, story: Story, look: SlideLook) -> None:
    """Add the first slide: whose presence it is about, up to which day, the logo of the house."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_SLIDE])
    _bar(slide, (0, 0, 0.28, HEIGHT))
    title, below = slide.shapes.title, slide.placeholders[1]
    _place(title, (MARGIN + 0.3, 2.1, _ROOM - 0.6, 1.9))
    _set(title.text_frame, ((story.title, True),), 40, anchor=MSO_ANCHOR.BOTTOM)
    _place(below, (MARGIN + 0.3, 4.2, _ROOM - 0.6, 1.2))
    _set(below.text_frame, ((story.subtitle, False),), TABLE + 2, color=MSO_THEME_COLOR.TEXT_2)
    if look.logo is not None:
        _logo(slide, look.logo)
    _foot(slide, look)


def _logo(slide: Any, logo: bytes) -> None:
    """Put the logo of the house into the upper right corner: shrunk to fit, never enlarged."""
    picture = slide.shapes.add_picture(BytesIO(logo), 0, 0)
    width, height = (Inches(side) for side in _LOGO)
    share = min(1.0, width / picture.width, height / picture.height)
    picture.width, picture.height = round(picture.width * share), round(picture.height * share)
    picture.left, picture.top = Inches(WIDTH - MARGIN) - picture.width, Inches(0.5)
    picture.name = "Logo"


def _add(deck: Any, slide: Slide, look: SlideLook) -> None:
    """Add a slide."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    title = page.shapes.title
    _place(title, (MARGIN, 0.4, _ROOM, 1.05))
    size = title_size(slide.title)
    _set(title.text_frame, ((slide.title, True),), size, anchor=MSO_ANCHOR.MIDDLE)
    if slide.chart is not None:
        add_chart(page, slide.chart, title=slide.title, place=(MARGIN, 1.55, _ROOM, 4.65))
    if slide.grid is not None:
        add_table(page, slide.grid, place=(MARGIN, 1.65, _ROOM))
    if slide.points:
        _points(page, slide.points)
    if slide.small:
        box = page.shapes.add_textbox(*_inches((MARGIN, 6.25, _ROOM, 0.55)))
        words = "     ".join(slide.small)
        _set(box.text_frame, ((words, False),), SMALL, color=MSO_THEME_COLOR.TEXT_2)
    _foot(page, look)
    _notes(page, slide)


def _points(page: Any, points: tuple[Sentence, ...]) -> None:
    """Add sentences below each other."""
    frame = page.shapes.add_textbox(*_inches((MARGIN, 1.8, _ROOM, 4.2))).text_frame
    frame.word_wrap = True
    for at, sentence in enumerate(points):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(20)
        _runs(paragraph, sentence, BODY, MSO_THEME_COLOR.TEXT_1)


def _foot(page: Any, look: SlideLook) -> None:
    """Add the foot: whose report it is and of which day, and the number of the slide."""
    left = page.shapes.add_textbox(*_inches((MARGIN, 6.98, _ROOM - 1, 0.3)))
    _set(left.text_frame, ((look.footer, False),), TINY, color=MSO_THEME_COLOR.TEXT_2)
    right = page.shapes.add_textbox(*_inches((WIDTH - MARGIN - 0.8, 6.98, 0.8, 0.3)))
    paragraph = right.text_frame.paragraphs[0]
    paragraph.alignment = 3  # to the right
    # A field, so that the number stays right where slides change places.
    field = etree.SubElement(paragraph._p, f"{{{_MAIN}}}fld", type="slidenum")  # noqa: SLF001
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    etree.SubElement(field, f"{{{_MAIN}}}rPr", lang="en-US", sz=f"{TINY * 100}")
    etree.SubElement(field, f"{{{_MAIN}}}t").text = "‹#›"


def _notes(page: Any, slide: Slide) -> None:
    """Write the notes: all figures in words, then where they can be seen, with links."""
    frame = page.notes_slide.notes_text_frame
    frame.text = legible("\n".join(slide.notes))
    for proof in slide.proofs:
        paragraph = frame.add_paragraph()
        paragraph.add_run().text = legible(f"{proof.words}: ")
        link = paragraph.add_run()
        link.text = legible(proof.url)
        if (
            proof.url.lower().startswith(("http://", "https://"))
            and legible(proof.url) == proof.url
        ):
            link.hyperlink.address = proof.url


def _bar(page: Any, place: tuple[float, float, float, float]) -> None:
    """Add a bar in our colour, which says nothing and is no part of the order of reading."""
    bar = page.shapes.add_shape(1, *_inches(place))
    bar.fill.solid()
    bar.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    bar.line.fill.background()
    bar.name = "Bar"


def _set(
    frame: Any,
    sentence: Sentence,
    size: int,
    *,
    color: MSO_THEME_COLOR = MSO_THEME_COLOR.TEXT_1,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:
    """Write a sentence into a frame, to the left."""
    frame.word_wrap, frame.vertical_anchor = True, anchor
    paragraph = frame.paragraphs[0]
    paragraph.alignment = 1  # to the left
    _runs(paragraph, sentence, size, color)


def _runs(paragraph: Any, sentence: Sentence, size: int, color: MSO_THEME_COLOR) -> None:
    """Write the pieces of a sentence, those that matter most in bold."""
    for words, strong in sentence:
        run = paragraph.add_run()
        run.text = legible(words)
        run.font.size, run.font.bold = Pt(size), strong
        run.font.color.theme_color = color


def _place(shape: Any, place: tuple[float, float, float, float]) -> None:
    """Put a shape somewhere: left, top, width, height in inches."""
    shape.left, shape.top, shape.width, shape.height = _inches(place)


def _inches(place: tuple[float, ...]) -> tuple[int, ...]:
    """Return inches in the unit of the file."""
    return tuple(Inches(each) for each in place)
