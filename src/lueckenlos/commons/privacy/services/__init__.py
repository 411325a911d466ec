"""Deeds on files, consents and traces; other rooms enter here."""

from lueckenlos.commons.privacy.services.consents import (
    Answer,
    NewConsent,
    NewDraft,
    NewSecrecyRelease,
    answer_draft,
    ask_for_consent,
    expire_consents,
    record_consent,
    release_from_secrecy,
    replace_consent,
    revoke_draft,
    withdraw,
)
from lueckenlos.commons.privacy.services.files import (
    NewCover,
    add_party,
    assign,
    close_file,
    cover,
    erase_file,
    leave,
    open_file,
    record_judgement,
    set_custody,
)
from lueckenlos.commons.privacy.services.texts import install_texts
from lueckenlos.commons.privacy.services.traces import NewStep, disclose, record_protection_step

__all__ = [
    "Answer",
    "NewConsent",
    "NewCover",
    "NewDraft",
    "NewSecrecyRelease",
    "NewStep",
    "add_party",
    "answer_draft",
    "ask_for_consent",
    "assign",
    "close_file",
    "cover",
    "disclose",
    "erase_file",
    "expire_consents",
    "install_texts",
    "leave",
    "open_file",
    "record_consent",
    "record_judgement",
    "record_protection_step",
    "release_from_secrecy",
    "replace_consent",
    "revoke_draft",
    "set_custody",
    "withdraw",
]
