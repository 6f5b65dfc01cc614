"""English."""

from autoack.letters.lint.words import Table, Words, alone, phrases

WORDS = Words(
    greeting=phrases("dear *|hello|hi|hey|good morning|good day|good afternoon|to whom it may concern"),
    close=phrases("kind regards|best regards|warm regards|regards|sincerely|yours faithfully|thank you|with thanks"),
    thanks=phrases("thank*"),
    reply=phrases("reply to this email|reply to this mail|reply to this message|answer this email"),
    filler=phrases(
        "information about|information on|information regarding|please note|"
        "notification|notice|important|automatic message|"
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
            "unfortunately": "say what can be done", "we cannot|we can't|we can’t|we are unable to|"
            "we are not able to|cannot be answered": "we can …",
            "impossible|not possible": "what is possible instead", "you must|you have to": "please …",
            "you failed to|you did not|you didn't|you forgot to|you should have": "please send us …",
            "we refuse|is denied|was denied|rejected": "",
            "do not reply|don't reply|is not monitored|unmonitored|are not read|is not read": "reply to this email",
            "not our fault|your fault": "", "our policy does not allow": "what the policy allows",
        }
    ),
    promotion=phrases(
        "*% off|* % off|off your next order|"
        "special offer*|limited offer*|get a discount|save up to|buy now|best price*|free trial|subscribe now|"
        "promo code*|"
        "don't miss"
    ),
    apology=phrases("sorry|apolog*|we regret"),
    cause=phrases(
        "for|that|because|about|due to|caused by|sorry you|sorry your|sorry we|sorry our|regret the|regret our|"
        "regret your|regret having"
    ),
    no_cause=phrases(
        "for any inconvenience*|for the inconvenience*|for inconvenience*|for all the inconvenience*|"
        "for any trouble|for the trouble|for any problem*|regret any inconvenience*|regret the inconvenience*"
    ),
    pronoun=alone(
        "about that|about this|about it|about all that|about all this|about all of that|about all of this|"
        "about everything|for that|for this|for it|for all that|for all this|for all of that|for all of this|"
        "for everything|for what happened|for what has happened|about what happened|about what has happened|"
        "that this happened|that this has happened|that it happened|that it has happened|to hear that|to hear this|"
        "to hear it|to learn this|caused by this|caused by that|because of this|because of that|over this|over that",
        before="and|but|so|again|once more|once again|we|i|please|very much|too",
    ),
    joining=phrases("and|but|so"),
    right=frozenset({"enquiry", "enquiries", "th"}),  # British (often only the American dictionary is there); 90th
    twice=frozenset({"that", "had"}),
)  # fmt: skip
