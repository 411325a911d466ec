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
    reopen_file,
    set_custody,
)
from lueckenlos.commons.privacy.services.rights import NewRight, answer_right, ask_right
from lueckenlos.commons.privacy.services.texts import install_texts
from lueckenlos.commons.privacy.services.traces import (
    NewStep,
    disclose,
    disclose_found,
    record_protection_step,
)
from lueckenlos.commons.privacy.services.withdrawing import end_secrecy, withdraw, withdraw_by_draft

__all__ = [
    "Answer",
    "NewConsent",
    "NewCover",
    "NewDraft",
    "NewRight",
    "NewSecrecyRelease",
    "NewStep",
    "add_party",
    "answer_draft",
    "answer_right",
    "ask_for_consent",
    "ask_right",
    "assign",
    "close_file",
    "cover",
    "disclose",
    "disclose_found",
    "end_secrecy",
    "erase_file",
    "expire_consents",
    "install_texts",
    "leave",
    "open_file",
    "record_consent",
    "record_judgement",
    "record_protection_step",
    "release_from_secrecy",
    "reopen_file",
    "replace_consent",
    "revoke_draft",
    "set_custody",
    "withdraw",
    "withdraw_by_draft",
]
