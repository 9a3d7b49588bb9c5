import pytest

from intents.classifier.entities import EntityFinder
from intents.classifier.training_data import load_examples, word_use

Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def finder() -> EntityFinder:
    return EntityFinder.load(word_use(load_examples()))


def found(finder: EntityFinder, text: str, kind: str) -> list[str]:
    return [entity.value for entity in finder.find(text) if entity.entity == kind]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("it's Marie.Eve@Example.COM, thanks", "Marie.Eve@example.com"),
        ("(zoe@exemple.ca).", "zoe@exemple.ca"),
        ("x dot y at gmail dot com", "x.y@gmail.com"),
        ("her address is ginette arobase exemple point ca merci", "ginette@exemple.ca"),
        ("jean tiret marc point roy arobase exemple point ca", "jean-marc.roy@exemple.ca"),
        ("sam underscore 99 at example dot com", "sam_99@example.com"),
        ("ginette arobase exemple.ca", "ginette@exemple.ca"),
    ],
)
def test_addresses_are_read_typed_or_dictated(
    finder: EntityFinder, text: str, address: str
) -> None:
    assert found(finder, text, "email") == [address]


@pytest.mark.parametrize("text", ["meet me at noon. ok", "a@b", "look at videotron.com", "@kevin"])
def test_what_is_no_address_is_not_read_as_one(finder: EntityFinder, text: str) -> None:
    assert found(finder, text, "email") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call me at 514 555-0123", "+15145550123"),
        ("rappelez-moi au (418) 555-0199 svp", "+14185550199"),
        ("1-877-380-2611", "+18773802611"),
    ],
)
def test_phone_numbers_are_canadian_unless_they_say_otherwise(
    finder: EntityFinder, text: str, number: str
) -> None:
    assert found(finder, text, "phone") == [number]


def test_a_code_is_no_phone_number(finder: EntityFinder) -> None:
    assert found(finder, "1234 5678", "phone") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Add Marie-Ève Tremblay, marie.eve@example.com", "Marie-Ève Tremblay"),
        ("add marie tremblay marie@x.ca", "marie tremblay"),
        ("ADD MARIE TREMBLAY", "MARIE TREMBLAY"),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("add José da Silva to my account", "José da Silva"),
        ("Remove Fatima Al-Zahra please", "Fatima Al-Zahra"),
        ("Ajoutez Jean-François O'Neil svp", "Jean-François O'Neil"),
        ("please add Ludwig van der Berg", "Ludwig van der Berg"),
        ("unlock kevin", "kevin"),
        ("débarre kevin stp", "kevin"),
        ("her name is rose", "rose"),
        ("elle s'appelle claire", "claire"),
        ("il s'appelle Moussa Diop", "Moussa Diop"),
        ("Mrs. Tremblay is locked out", "Tremblay"),
        ("Mme Bouchard est barrée", "Bouchard"),
        ("l'accès d'Amélie", "Amélie"),
        ("Zoé's account is locked", "Zoé"),
        ("give Bill Roy access", "Bill Roy"),
        ("ajoute 李明 au compte", "李明"),
        ("add प्रिया शर्मा", "प्रिया शर्मा"),
    ],
)
def test_names_are_found_from_all_over_the_world(
    finder: EntityFinder, text: str, name: str
) -> None:
    assert found(finder, text, "person") == [name]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("unlock my son Édouard", ["my son", "Édouard"]),
        ("débarre ma tante Colette", ["ma tante", "Colette"]),
        ("enlève mon chum pis ma belle-mère", ["mon chum", "ma belle-mère"]),
        ("my ex-husband and my oldest daughter", ["my ex-husband", "my oldest daughter"]),
        ("reset my wife's password", ["my wife"]),
        ("add mom", ["mom"]),
        ("pls creat a account for my doughter", ["my doughter"]),
    ],
)
def test_relations_keep_their_words(finder: EntityFinder, text: str, people: list[str]) -> None:
    assert found(finder, text, "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "Hello, how many users can I have?",
        "Bonjour, combien d'utilisateurs?",
        "Please add a user to Videotron on Monday",
        "Est-ce que Telegram est sécuritaire?",
        "Remove the TV channels",
        "I'm lonely",
        "peux-tu m'aider",
        "Merci beaucoup!",
    ],
)
def test_ordinary_words_are_no_people(finder: EntityFinder, text: str) -> None:
    assert found(finder, text, "person") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("she only needs to see the bills", ["view_invoice"]),
        ("Consulter la facture", ["view_invoice"]),
        ("let him pay the bill", ["pay_bill"]),
        ("Payer la facture", ["pay_bill"]),
        ("Change illico à la carte channels", ["tv_channels"]),
        ("Modifier les chaînes à la carte d'illico", ["tv_channels"]),
        ("Add mobile data add-ons", ["data_addons"]),
        ("Ajouter des blocs de données mobiles", ["data_addons"]),
        ("See Internet and mobile usage", ["usage"]),
        ("Consulter l'utilisation Internet et mobile", ["usage"]),
        ("Manage voicemail and calling features", ["voicemail"]),
        ("Gérer la boîte vocale et les options téléphoniques", ["voicemail"]),
        ("VOICEMAIL and the invoce", ["voicemail", "view_invoice"]),
        ("la boite vocale pis la conso", ["voicemail", "usage"]),
        ("I have a fracture", []),
    ],
)
def test_services_are_known_under_their_many_names(
    finder: EntityFinder, text: str, codes: list[str]
) -> None:
    assert found(finder, text, "service") == codes


@pytest.mark.parametrize(
    ("text", "language"),
    [("in english please", ["en"]), ("parlez-vous français?", ["fr"]), ("FR", ["fr"]), ("ok", [])],
)
def test_languages_are_named_in_either_language(
    finder: EntityFinder, text: str, language: list[str]
) -> None:
    assert found(finder, text, "language") == language


@pytest.mark.parametrize(
    ("text", "in_order"),
    [
        (
            "give Léa the bills and take TV from Sam",
            "1 grant, 1 Léa, 1 view_invoice, 2 revoke, 2 tv_channels, 2 Sam",
        ),
        (
            "take TV away from Sam and let Léa pay the bill",
            "1 revoke, 1 tv_channels, 1 Sam, 2 grant, 2 Léa, 2 pay_bill",
        ),
        (
            "enlève la télé à Sam pis laisse Léa payer la facture",
            "1 revoke, 1 tv_channels, 1 Sam, 2 grant, 2 Léa, 2 pay_bill",
        ),
        (
            "permets à ma fille de voir la conso pis bloque la télé à mon gars",
            "1 grant, 1 ma fille, 1 usage, 2 revoke, 2 tv_channels, 2 mon gars",
        ),
        (
            "Hugo peut voir la facture mais pas la télé",
            "1 Hugo, 1 grant, 1 view_invoice, 2 revoke, 2 tv_channels",
        ),
        (
            "Hugo can see the bill but not the TV",
            "1 Hugo, 1 grant, 1 view_invoice, 2 revoke, 2 tv_channels",
        ),
        (
            "let Hugo see the bill but not pay it",
            "1 grant, 1 Hugo, 1 view_invoice, 2 revoke, 2 pay_bill",
        ),
        ("plus de télé pour Sam", "1 revoke, 1 tv_channels, 1 Sam"),
        (
            "grant billing to Léa, no more TV for Max",
            "1 grant, 1 view_invoice, 1 Léa, 2 revoke, 2 tv_channels, 2 Max",
        ),
        (
            "ferme la télé à Sam pis ouvre la boîte vocale",
            "1 revoke, 1 tv_channels, 1 Sam, 2 grant, 2 voicemail",
        ),
    ],
)
def test_several_changes_keep_their_order_and_their_objects(
    finder: EntityFinder, text: str, in_order: str
) -> None:
    found = [f"{entity.group} {entity.value}" for entity in finder.find(text)]
    assert ", ".join(found) == in_order


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("donne la télé à mon gars", ["grant"]),
        ("retire la télé à mon gars", ["revoke"]),
        ("no more data for my kid", ["revoke"]),
        ("don't let Sam buy data", ["revoke"]),
        ("laisse pas Sam acheter du data", ["revoke"]),
        ("ne laissez plus Sam payer la facture", ["revoke"]),
        ("stop letting my kids change the channels", ["revoke"]),
        ("don't let Sam buy any more data", ["revoke"]),
        ("authorize Sam to add data", ["grant"]),
        ("permets à Léa d'ajouter des données", ["grant"]),
        ("Sam n'a plus droit à la télé", ["revoke"]),
        ("kevin a pu le droit de voir la facture", ["revoke"]),
        ("add Kevin to the account", []),
        ("remove my ex from the account", []),
        ("give me a human", []),
        ("laisse faire", []),
    ],
)
def test_only_giving_or_taking_access_is_a_change_of_rights(
    finder: EntityFinder, text: str, changes: list[str]
) -> None:
    assert found(finder, text, "right_change") == changes


def test_a_verb_in_two_halves_is_not_marked_over_whom_it_is_about(finder: EntityFinder) -> None:
    spans = [(entity.text, entity.value) for entity in finder.find("give Sam back his TV")]
    assert spans == [("give", "grant"), ("Sam", "Sam"), ("TV", "tv_channels")]
