"""The words of killing, injuring, going missing and capture, and the words for persons, as patterns."""

from __future__ import annotations

import re

from ..schemas.values import Outcome

_KILLED = (
    r"kill(?:ed|ing|s|ings)?|dead|deaths?|die[sd]?|dying|lives|life|fatal(?:ity|ities|ly)?|perish\w*|drown\w*|sl[ae]in|"
    r"murder\w*|gunn\w+ down|martyr\w*|deceased|bod(?:y|ies)|corpses?|assassinat\w*|execut\w*|behead\w*|lynch\w*|"
    r"electrocuted|succumb\w*|victims?|wiped out|toll|coffins?|buried|burial|funerals?|suffocat\w*|casualt\w*|mourn\w*|"
    r"fallen|fell|loss(?:es)?|lost|mortal(?:s|ly)?|crushed|burn(?:ed|t) to death|asphyxiat\w*|remains|widow\w*|"
    r"liquidat\w*|neutrali[sz]ed|eliminat\w*|pronounced|supreme (?:sacrifice|price)|deads|mow(?:ed|n) down|killers?|candles|graves?|shot|lay|lifeless|morgue|"
    r"mortuary|poison\w*|hanged|massacre\w*|claim(?:ed|ing|s)|cost"
)
_INJURED = (
    r"injur\w*|wound\w*|hurt\w*|hospitali[sz]\w*|hospitals?|treat(?:ed|ment|ing)|burn(?:s|ed|t)?|sicken\w*|ill|illness|sick|"
    r"poison\w*|maim\w*|stabbed|stab|slashed|shot|broken|broke|concuss\w*|scald\w*|harm\w*|cold steel|bruis\w*|cut|cuts|singe\w*|affected|"
    r"critical condition|scratch\w*|splinters?|shrapnel|admitted|casualt\w*|blind\w*|gassed|overcome|smoke inhalation|"
    r"trampled|beaten|bullets?|trauma\w*|nurs(?:ed|ing)|intern(?:ed)|in care|hit|lost an?|lost (?:his|her)|survivors?|"
    r"stretchers?|ambulances?|evacuated|clinics?|wards?|warded|surgery|struck|unwell|vomit\w*|fainted|fractur\w*|lacerat\w*|"
    r"suffer\w*|victims?|infected|lesion\w*|bandag\w*|amputat\w*|grazed|punched|knocked|burst|unharmed|unhurt|unscathed|"
    r"infirmary|crushed|pain|limp\w*|leg|arm|sustained|contus\w*|intensive care|bed|beds|damage to"
)
_MISSING = (
    r"missing|unaccounted|disappear\w*|sought|search\w*|looking for|look for|lost|vanish\w*|trapped|not been (?:found|seen|located|recovered)|"
    r"no trace|had been found|been found|still (?:under|in|inside|out)|whereabouts|not (?:yet )?(?:been )?(?:found|seen)|cut off|buried|"
    r"untraced|swept away|feared|no coffin|has been found|unlocated|not heard"
)
_CAPTURED = (
    r"captur\w*|kidnap\w*|abduct\w*|hostages?|seiz\w*|taken|took|taking|takes|captiv\w*|held|hold|holding|snatch\w*|detain\w*|dragg\w*|"
    r"led away|made off|prisoners?|ransom\w*|carried off|carry off|forced|marched|freed|released|release|bundled|sequest\w*|in the hands|"
    r"human shields?|herders?|herded|retained|crew|still in"
)
OUTCOME_PATTERNS: dict[Outcome, re.Pattern[str]] = {
    "killed": re.compile(rf"\b(?:{_KILLED})\b"),
    "injured": re.compile(rf"\b(?:{_INJURED})\b"),
    "missing": re.compile(rf"\b(?:{_MISSING})\b"),
    "captured": re.compile(rf"\b(?:{_CAPTURED})\b"),
}
"""What a sentence must hold for a count of that outcome to rest on it; generous."""

CORE: dict[Outcome, re.Pattern[str]] = {
    "killed": re.compile(
        r"\b(?:kill(?:ed|ing|s)?|shot (?:dead|and killed)|dead|deaths?|died|dies|dying|(?:lost|lose|losing|claim\w*) (?:their|his|her|the|\w+) (?:lives|life)"
        r"|lives|fatalit\w+|perished|drown(?:ed|ing)|murder(?:ed|ing)|gunn\w+ down|martyred|assassinat\w+|execut(?:ed|ing)|beheaded|"
        r"crushed to death|burn(?:ed|t) to death|bod(?:y|ies)|succumbed|slain|death toll)\b"
    ),
    "injured": re.compile(
        r"\b(?:injur(?:ed|ing|es|ies|y)|wound(?:ed|ing|s)?|hurt(?:ing)?|hospitali[sz]ed|fell ill|(?:taken|fallen) ill|sickened|maim(?:ed|ing)|admitted|"
        r"in hospital|treated|suffered burns|burned(?! to))\b"
    ),
    "missing": re.compile(r"\b(?:missing|unaccounted|disappeared|vanished)\b"),
    "captured": re.compile(r"\b(?:captur(?:ed|ing)|kidnap\w+|abduct\w+|hostages?|seized|seizing|snatch(?:ed|ing)|carried off|taken captive)\b"),
}
"""Words that plainly name one outcome: they part a phrase that speaks of several."""

PERSONS = frozenset(
    """man woman boy girl child baby infant toddler teenager youth adult person civilian citizen national resident villager
    soldier officer policeman policewoman constable guard watchman ranger marine sailor airman pilot captain driver
    commander general colonel major sergeant corporal lieutenant private cadet recruit conscript medic doctor nurse
    paramedic worker labourer laborer employee staff miner farmer fisherman shepherd goatherd herder cattleman cowboy
    trader merchant seller vendor shopkeeper customer shopper passenger motorist cyclist pedestrian bystander passer-by
    contractor engineer technician interpreter translator journalist reporter cameraman photographer teacher student pupil
    professor principal headmaster headman chief leader mayor governor minister senator deputy councillor candidate
    politician activist protester demonstrator rioter militant fighter rebel gunman insurgent attacker bomber suspect
    prisoner inmate detainee convict hostage captive victim survivor patient tourist visitor guest pilgrim worshipper
    priest imam monk nun pastor bishop rabbi cleric judge prosecutor lawyer clerk cashier cleaner cook waiter waitress
    barman bartender manager director owner boss guide firefighter fireman rescuer volunteer diver climber skier player
    footballer fan spectator musician singer dancer actor artist father mother son daughter brother sister husband wife
    uncle aunt nephew niece cousin grandfather grandmother grandson granddaughter parent couple twin widow widower family
    bodyguard escort aide assistant secretary spokesman diplomat ambassador consul attache envoy agent spy scientist
    sapper operator gendarme trooper deckhand skipper mate crewman crew steward conductor porter stoker fitter welder
    electrician mechanic plumber carpenter mason builder bricklayer gardener servant maid nanny butcher baker tailor
    smuggler bandit robber thief hacker migrant refugee foreigner american briton dane dutchman frenchman german italian
    spaniard russian ukrainian pole swede norwegian finn israeli palestinian syrian iraqi iranian libyan egyptian
    turk kurd afghan pakistani indian chinese japanese korean filipino indonesian australian canadian mexican brazilian
    argentine chilean colombian cypriot greek nigerian kenyan ghanaian somali sudanese malian nepali sapper forester
    people persons men women children servicemen policemen officers troops personnel elements members others comrades
    colleagues lives bodies corpses dead wounded injured casualties villagers gendarmes natives peons girls boys
    custodian warden superintendent inspector caretaker janitor beekeeper ferryman boatman herdsman nightwatchman
    paratrooper peacekeeper legionnaire helmsman stevedore docker trucker lorry-driver busdriver taxi-driver hiker
    pensioner grandparent schoolgirl schoolboy schoolchild newborn spotter reservist subofficer lodger tenant neighbour
    neighbor friend stranger relative subject human soul""".split()
)
PERSON_ENDINGS = re.compile(r"(?:man|woman|men|women|people|ists?|ants?|ians?|eers?|keepers?|workers?|drivers?|masters?|owners?|herders?)$")
NOT_PERSONS = frozenset(
    """rocket rockets missile missiles shell shells bomb bombs mortar mortars drone drones round rounds grenade grenades
    bullet bullets shot shots house houses home homes building buildings vehicle vehicles car cars lorry lorries truck
    trucks bus buses boat boats ship ships train trains coach coaches carriage carriages plane planes helicopter
    helicopters aircraft hour hours day days week weeks month months year years minute minutes second seconds kilometre
    kilometres kilometer kilometers mile miles metre metres meter meters km m mm cm kg tonne tonnes ton tons percent per
    cent dollar dollars euro euros pound pounds peso pesos rupee rupees village villages town towns city cities district
    districts province provinces school schools hospital hospitals hectare hectares acre acres storey storeys floor floors
    list wrist fist mist twist plant plants restaurant restaurants elephant beer beers time times attack attacks incident incidents explosion explosions blast blasts fire fires strike strikes raid raids
    gunmen attackers assailants side sides night nights morning o'clock pm am depot depots station stations
    hamlet hamlets cattle sheep goats zebus cows animals rifle rifles weapon weapons place places room rooms
    hits volley volleys barrage salvo wave waves warhead warheads pickup pickups motorcycle motorcycles""".split()
)


def is_person(word: str) -> bool:
    """Whether the folded `word` names a person or persons, as far as the list and the endings of trades tell."""
    if word in NOT_PERSONS or len(word) < 3:  # noqa: PLR2004
        return False
    singular = word[:-1] if word.endswith("s") else word
    return word in PERSONS or singular in PERSONS or PERSON_ENDINGS.search(word) is not None


_DOER = re.compile(r"[a-z]{3,}(?:er|or)$")
_THINGS_LIKE_DOERS = frozenset(
    """number matter corner river water tower power order paper shower counter trailer tanker freighter helicopter container
    tender door floor motor tractor reactor generator detonator border shelter center weather winter summer shoulder finger
    liver fever cancer disaster cluster launcher lighter computer server printer shutter chamber timber manner letter offer
    encounter transformer boiler crater quarter ladder rubber copper silver cover dinner supper later other another after
    over under error terror horror tremor factor sector corridor harbor labor favor anchor mirror armor odor cruiser
    destroyer steamer trawler ever never however together further former latter either neither rather proper major minor
    senior junior inner outer upper lower larger smaller older younger better bitter sober poor indoor outdoor bumper
    ember charter chapter barrier carrier frontier river-water diameter perimeter kilometer meter register master semester
    theater newspaper skyscraper bulldozer digger excavator elevator escalator boulder cellar folder holder hammer hangar
    trigger danger anger hunger finger ginger murder powder spider slider wonder thunder plunder launder laser paper
    wafer chopper copper pepper slipper upper zipper butter gutter litter matter scatter shatter splinter splatter water
    winter yesterday mother-tongue career deer beer steer engineer volunteer""".split()
)


def may_be_person(word: str) -> bool:
    """`is_person`, or a word made like a doer of something ("a rubber tapper")."""
    return is_person(word) or (_DOER.match(word) is not None and word not in _THINGS_LIKE_DOERS and word not in NOT_PERSONS)
