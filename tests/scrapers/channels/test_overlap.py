"""Which followers companies share: compared by salted hashes that leave the vault in no form."""

from dataclasses import replace

from audit.measure.audience import overlaps_of, with_overlaps
from audit.measure.subject import Together
from audit.model.breakdown import OVERLAPS, Part
from scrapers.channels.overlap import Vault
from tests.audience_example import audience
from tests.reports import workbook_example as example


def vault_of(**samples: range) -> Vault:
    """A vault with a sample for each company: accounts by their numbers."""
    vault = Vault(b"s" * 32)
    for company, numbers in samples.items():
        accounts = (f"did:{number}" for number in numbers)
        vault.put((company, "bluesky", f"https://{company}.example"), accounts)
    return vault


def shares_of(vault: Vault) -> dict[str, dict[str, float]]:
    """What each company shares with each other one, by their names."""
    return {
        company: {part.name: part.share for part in parts}
        for (company, _, _), parts in vault.overlaps().items()
    }


def test_an_overlap_is_the_share_of_a_sample_that_is_in_the_other() -> None:
    shares = shares_of(vault_of(a=range(100), b=range(80, 130), c=range(96, 200)))
    assert shares == {"a": {"b": 0.2}, "b": {"c": 34 / 50, "a": 0.4}, "c": {"b": 34 / 104}}


def test_small_samples_are_not_compared() -> None:
    assert shares_of(vault_of(a=range(49), b=range(100))) == {"a": {}, "b": {}}


def test_fewer_than_five_shared_followers_are_not_told() -> None:
    assert shares_of(vault_of(a=range(60), b=range(56, 116))) == {"a": {}, "b": {}}
    assert shares_of(vault_of(a=range(60), b=range(55, 115)))["a"] == {"b": 5 / 60}


def test_accounts_without_a_name_are_nobody_in_common() -> None:
    vault = Vault(b"s" * 32)
    for company in ("a", "b"):
        nameless = [""] * 40
        own = [f"did:{company}{number}" for number in range(60)]
        vault.put((company, "bluesky", f"https://{company}.example"), [*own, *nameless])
    assert shares_of(vault) == {"a": {}, "b": {}}


def test_platforms_are_not_mixed_and_a_companys_profiles_are_taken_together() -> None:
    vault = vault_of(a=range(60), b=range(30))
    vault.put(("b", "bluesky", "https://b.example/2"), (f"did:{at}" for at in range(30, 60)))
    vault.put(("c", "mastodon", "https://c.example"), (f"did:{at}" for at in range(60)))
    assert shares_of(vault)["a"] == {"b": 1.0}


def test_a_dropped_vault_knows_nothing() -> None:
    vault = vault_of(a=range(60), b=range(60))
    vault.drop()
    assert vault.overlaps() == {}


def test_the_same_account_has_another_hash_in_another_run() -> None:
    first_run, second_run = Vault(b"a" * 32), Vault(b"b" * 32)
    assert first_run._hash("did:1") != second_run._hash("did:1")


def test_overlaps_are_put_beside_their_profiles_and_found_again() -> None:
    result = replace(example.company_result("Acme"), audiences=(audience("Acme"),))
    profile = ("Acme", "bluesky", "https://bluesky.example/acme")
    overlaps = {profile: (Part(name="Bora", share=0.25),)}
    (joined,) = with_overlaps((result,), Together(overlaps=overlaps))
    assert joined.audiences[0].parts(OVERLAPS) == overlaps[profile]
    assert overlaps_of([joined]) == overlaps
    assert with_overlaps((result,), Together(overlaps={}))[0] is result
