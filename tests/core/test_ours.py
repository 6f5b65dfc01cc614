"""Message-IDs of our own mails."""

from autoack.core.ours import is_ours, message_id


def test_the_same_key_gives_the_same_message_id_and_another_key_or_installation_another() -> None:
    one = message_id("receipt:1", "primjer.example", "salt")
    assert one == message_id("receipt:1", "primjer.example", "salt")
    assert one != message_id("receipt:2", "primjer.example", "salt")
    assert one != message_id("receipt:1", "primjer.example", "other salt")


def test_they_are_recognised_and_others_are_not() -> None:
    assert is_ours(message_id("k", "primjer.example", "s"))
    assert message_id("k", "čaša.example", "s").endswith("@xn--aa-dma15a.example>")
    assert not is_ours("<abc@primjer.example>")
    assert not is_ours("autoack." + "0" * 24 + "@primjer.example")
