"""English."""

from autoack.letters.lint.words import Table, Words, phrases

WORDS = Words(
    greeting=phrases("dear *|hello|hi|hey|good morning|good day|good afternoon|to whom it may concern"),
    close=phrases("kind regards|best regards|warm regards|regards|sincerely|yours faithfully|thank you|with thanks"),
    thanks=phrases("thank*"),
    reply=phrases("reply to this email|reply to this mail|reply to this message|answer this email"),
    filler=phrases(
        "information about|information on|information regarding|notification|notice|important|automatic message|"
        "automatic reply|automated message|message from|regarding|concerning|hello|dear|we would like to|this is"
    ),
    slang=Table(
        {
            "hey|hi there|yo": "Hello", "guys|folks": "everyone", "gonna": "going to", "wanna": "want to",
            "asap": "as soon as possible", "thx|tnx|cheers": "thank you", "pls|plz": "please",
            "btw": "by the way", "fyi": "", "lol|omg": "", "so cool|awesome": "good", "no worries|no biggie": "",
            "okay": "all right",
        }
    ),
    negative=Table(
        {
            "unfortunately": "say what can be done", "we cannot|we can't|we are unable to": "we can …",
            "impossible|not possible": "what is possible instead", "you must|you have to": "please …",
            "you failed to|you did not|you forgot to": "please send us …",
            "we refuse|is denied|was denied|rejected": "",
            "do not reply|don't reply|is not monitored|unmonitored": "reply to this email",
            "not our fault|your fault": "", "our policy does not allow": "what the policy allows",
        }
    ),
    promotion=phrases(
        "special offer*|limited offer*|get a discount|save up to|buy now|best price*|free trial|subscribe now|"
        "promo code*|"
        "don't miss"
    ),
    apology=phrases("sorry|apolog*|we regret"),
    cause=phrases("for|that|because|about"),
    no_cause=phrases("for any inconvenience*|for the inconvenience*|for inconvenience*"),
    right=frozenset({"enquiry", "enquiries", "th"}),  # British (often only the American dictionary is there); 90th
    twice=frozenset({"that", "had"}),
)  # fmt: skip
