"""What-ifs and choices of a site become papers for a committee, for those alone who may read them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from tests.steering.chain.test_sites import begun

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def begin_what_if(client: Client) -> str:
    answer = client.post("/kette/szenarien/", {"name": "Sportbus für Titz", "area": "05358056", "note": ""})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_what_if_becomes_a_pdf(signed_in: SignIn) -> None:
    client = signed_in("kommune")
    answer = client.get(f"{begin_what_if(client)}vorlage.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert "sportbus-fur-titz.pdf" in answer["Content-Disposition"]


def test_a_choice_of_a_site_becomes_a_draft_for_the_committee(signed_in: SignIn) -> None:
    client = signed_in("koordination")
    answer = client.get(f"{begun(client)}vorlage.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")


def test_nobody_else_reads_the_papers(signed_in: SignIn, client: Client) -> None:
    site = f"{begun(signed_in('koordination'))}vorlage.pdf"
    what_if = f"{begin_what_if(signed_in('kommune'))}vorlage.pdf"
    for address in (site, what_if):
        assert client.get(address).status_code == 302
        assert signed_in("anbieter").get(address).status_code == 404
    nothing = UUID(int=0)
    assert signed_in("koordination").get(f"/kette/szenarien/{nothing}/vorlage.pdf").status_code == 404
