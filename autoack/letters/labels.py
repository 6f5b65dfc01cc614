"""What category, priority, channel and state of a matter are called in letters to the team; empty where it is usual."""

_LABELS: dict[str, dict[str, str]] = {
    "hr": {
        "question": "upit", "complaint": "pritužba", "praise": "pohvala",
        "high": "visok", "low": "nizak",
        "form": "web-obrazac", "voicemail": "glasovna poruka", "letter": "pismo", "chat": "chat",
        "waiting": "čeka", "answered": "odgovoreno", "snoozed": "odgođeno", "closed": "zatvoreno",
    },
    "sr-Latn": {
        "question": "pitanje", "complaint": "žalba", "praise": "pohvala",
        "high": "visok", "low": "nizak",
        "form": "veb-formular", "voicemail": "glasovna poruka", "letter": "pismo", "chat": "čet",
        "waiting": "čeka", "answered": "odgovoreno", "snoozed": "odloženo", "closed": "zatvoreno",
    },
    "sr-Cyrl": {
        "question": "питање", "complaint": "жалба", "praise": "похвала",
        "high": "висок", "low": "низак",
        "form": "веб-формулар", "voicemail": "гласовна порука", "letter": "писмо", "chat": "чет",
        "waiting": "чека", "answered": "одговорено", "snoozed": "одложено", "closed": "затворено",
    },
    "hu": {
        "question": "kérdés", "complaint": "panasz", "praise": "dicséret",
        "high": "kiemelt", "low": "alacsony",
        "form": "webes űrlap", "voicemail": "hangüzenet", "letter": "levél", "chat": "csevegés",
        "waiting": "vár", "answered": "megválaszolva", "snoozed": "elhalasztva", "closed": "lezárva",
    },
    "en": {
        "question": "question", "complaint": "complaint", "praise": "praise",
        "high": "high", "low": "low",
        "form": "web form", "voicemail": "voicemail", "letter": "letter", "chat": "chat",
        "waiting": "waiting", "answered": "answered", "snoozed": "put aside", "closed": "closed",
    },
}  # fmt: skip


def label(value: str, language: str) -> str:
    """The name of a category, priority, channel or state in this language, else in English.

    Empty for what goes without saying: `other`, `normal`, `mail`.
    """
    base = language.partition("-")[0]
    words = _LABELS.get(language) or _LABELS.get({"sr": "sr-Cyrl"}.get(base, base)) or _LABELS["en"]
    return words.get(value, "")
