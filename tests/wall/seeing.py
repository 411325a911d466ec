"""Who sees which row: for each table of the three closed rooms one rule in plain Python, from `privacy.md`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.wall.facts import CLOSED, Row
from tests.wall.model import View, What

Rule = Callable[[View, Any], bool]


def sees(view: View, table: str) -> set[str]:
    """The ids of the rows of a table that the actor sees; for the two derived tables what makes a row."""
    if table == "privacy_release":
        return _releases(view)
    if table == "privacy_access":
        # Not even the job that erases goes in by a way that is somebody's.
        return set() if view.erases else _ways_in(view)
    rule = RULES[table]
    return {str(key) for key, row in view.model.facts[table].items() if view.erases or rule(view, row)}


def _task(view: View, row: Row) -> bool:
    return row.file_id in view.tasks


def _file(view: View, row: Row) -> bool:
    return row.id in view.ways or row.id in view.own_files


def _case(view: View, row: Row) -> bool:
    return row.file_id in view.ways or row.file_id in view.own_files


def _own_in(view: View, file: str, about: str) -> bool:
    return view.own is not None and about == view.own and file in view.own_files


def _party(view: View, row: Row) -> bool:
    told = any(what.file == row.file_id and what.subject == row.person for what in view.told)
    return _task(view, row) or told or _own_in(view, row.file_id, row.person)


def _cover(view: View, row: Row) -> bool:
    # A cover is a release by the head of the unit, in the log that data protection watches.
    return _task(view, row) or view.oversees


def _consent(view: View, row: Row) -> bool:
    mine = view.own is not None and row.given_by == view.own
    return _task(view, row) or mine or _own_in(view, row.file_id, row.subject) or view.oversees


def _of_consent(view: View, row: Row) -> bool:
    return _consent(view, view.model.facts["privacy_consent"][row.consent_id])


def _secrecy(view: View, row: Row) -> bool:
    return _task(view, row) or (view.own is not None and row.given_by == view.own) or view.oversees


def _draft(view: View, row: Row) -> bool:
    asked = view.own is not None and row.asked == view.own
    return _task(view, row) or asked or row.id == view.link


def _disclosure(view: View, row: Row) -> bool:
    # A step of protection is not told on anybody's own page: telling may endanger the child.
    mine = _own_in(view, row.file_id, row.subject) and row.ground != "protection"
    return _task(view, row) or mine or view.oversees


def _wish(view: View, row: Row) -> bool:
    """What a person asks for their own data: theirs, data protection's, and theirs who work in a file of that person."""
    mine = view.own is not None and row.person == view.own
    return mine or view.oversees or works_for(view, row.person)


def works_for(view: View, person: str) -> bool:
    """Who works in a file of a person; but in a young person's own advice only for the young person."""
    return any(
        party.person == person
        and party.left_at is None
        and view.model.facts["privacy_file"][file].own_of in {None, person}
        for file in view.pens
        for party in view.model.parties(file)
    )


def _step(view: View, row: Row) -> bool:
    named = row.organization_id == view.office and view.actor.purpose == "protection"
    return _task(view, row) or (view.office is not None and named and view.model.at < row.until)


def _opening(view: View, row: Row) -> bool:
    return view.office is not None and (row.person, row.organization_id) == (view.worker, view.office)


def is_own_person(view: View, person: str) -> bool:
    """The family's person, or whose account it is."""
    if view.own is not None and person == view.own:
        return True
    row = view.model.facts["families_person"].get(person)
    return row is not None and view.worker is not None and row.account == view.worker


def _person(view: View, row: Row) -> bool:
    return view.knows(row.id, "identity") or is_own_person(view, row.id)


def _contact(view: View, row: Row) -> bool:
    return view.knows(row.person_id, "contact") or is_own_person(view, row.person_id)


def _address(view: View, row: Row) -> bool:
    if row.person_id in view.pen_people or is_own_person(view, row.person_id):
        return True
    # § 51 BMG: a blocked address is known to whose task it is, and to nobody else.
    return not row.is_blocked and view.knows(row.person_id, "contact")


def _member(view: View, row: Row) -> bool:
    return view.knows(row.person_id, "family") or is_own_person(view, row.person_id)


def _household(view: View, row: Row) -> bool:
    return any(
        member.household_id == row.id and member.until is None and _member(view, member)
        for member in view.model.facts.all("families_householdmember")
    )


def _relation(view: View, row: Row) -> bool:
    both = view.knows(row.child_id, "family") and view.knows(row.adult_id, "family")
    return both or is_own_person(view, row.child_id) or is_own_person(view, row.adult_id)


def _tally(view: View, row: Row) -> bool:
    return view.office is not None and row.organization_id == view.office


def content(view: View, row: Row) -> bool:
    """The grounds for what is written: task, cover, consent and step where nothing was confided; confided; own data."""
    if row.confided_to is None:
        if row.file_id in view.tasks or What(row.file_id, row.about, row.category) in view.told:
            return True
    elif view.office is not None and row.confided_to == view.worker and row.organization_id == view.office:
        return True
    for opening in view.model.facts.all("privacy_opening"):
        if opening.record == row.id and _opening(view, opening):
            return True
    # Held back from the person's own page until a professional has looked: also what somebody else confided.
    mine = _own_in(view, row.file_id, row.about) and not row.held_back
    return mine and (row.confided_to is None or row.confided_by == view.own)


def _rating(view: View, row: Row) -> bool:
    return content(view, view.model.facts["cases_goal"][row.goal_id])


def _referral(view: View, row: Row) -> bool:
    is_receiver = view.office is not None and row.to_organization_id == view.office
    return _task(view, row) or (
        is_receiver and row.purpose == view.actor.purpose and row.file_id in view.ways
    )


def _told(view: View, row: Row) -> bool:
    """§ 64 (4) SGB VIII: whose task the file is, and the office that the step names while it acts for protection."""
    named = (
        view.office is not None and row.organization_id == view.office and view.actor.purpose == "protection"
    )
    return _task(view, row) or (
        named and _step(view, view.model.facts["privacy_protectionstep"][row.step_id])
    )


def _releases(view: View) -> set[str]:
    found = set()
    for (what, whom), term in view.model.releases.items():
        is_recipient = whom == (view.office, view.actor.purpose) and view.model.at < term.until
        may = what.file in view.tasks or _own_in(view, what.file, what.subject)
        if may or is_recipient or view.oversees or view.erases:
            found.add("|".join((*what, *whom)))
    return found


def _ways_in(view: View) -> set[str]:
    if view.erases:
        return _all_ways_in(view)
    return {
        "|".join((way.file, way.ground, way.subject or way.file, way.category, str(way.writes).lower()))
        for ways in view.ways.values()
        for way in ways
    }


def _all_ways_in(view: View) -> set[str]:
    model = view.model
    found = set()
    for file in model.facts["privacy_file"]:
        task = model.task_of(file)
        if task is not None and task.until is None:
            found.add(f"{file}|own_task|{file}||true")
    for row in model.facts.all("privacy_cover"):
        if model.touched.get(row.file_id, model.at) < row.until:
            found.add(f"{row.file_id}|cover|{row.file_id}||{str(row.kind == 'illness').lower()}")
    for row in model.facts.all("privacy_protectionstep"):
        if model.touched.get(row.file_id, model.at) < row.until:
            found |= {f"{row.file_id}|protection|{row.subject}|{each}|false" for each in row.categories}
    for (what, _whom), term in model.releases.items():
        found.add("|".join((what.file, "consent", what.subject, what.category, str(term.edits).lower())))
    return found


RULES: dict[str, Rule] = {
    "privacy_file": _file,
    "privacy_party": _party,
    "privacy_custody": _task,
    "privacy_assignment": _task,
    "privacy_cover": _cover,
    "privacy_consent": _consent,
    "privacy_scope": _of_consent,
    "privacy_withdrawal": _of_consent,
    "privacy_confidentialityrelease": _secrecy,
    "privacy_consentdraft": _draft,
    "privacy_disclosure": _disclosure,
    "privacy_protectionstep": _step,
    "privacy_protectionnotice": lambda view, _row: view.oversees,
    "privacy_opening": _opening,
    "privacy_rightsrequest": _wish,
    "families_person": _person,
    "families_contact": _contact,
    "families_address": _address,
    "families_household": _household,
    "families_householdmember": _member,
    "families_relation": _relation,
    "cases_case": _case,
    "cases_stagemove": _task,
    "cases_presence": _task,
    "cases_tally": _tally,
    "cases_record": content,
    "cases_goal": content,
    "cases_goalrating": _rating,
    "cases_document": content,
    "cases_referral": _referral,
    "cases_reportreceipt": _told,
    "cases_reportfeedback": _told,
}
TABLES = (*CLOSED, "privacy_release", "privacy_access")
