"""Every page of the house with an address that works on the demo county, and as whom it is opened."""

from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse
from django.utils.translation import override

from lueckenlos.core.actor import Role

SERVICE = "alleinerziehende-treff-dueren"
COUNTS = Path(__file__).parent / "query_counts.json"


@dataclass(frozen=True)
class Page:
    """A page: its name, what its address needs, and the role that opens it."""

    name: str
    arguments: tuple[str, ...] = ()
    query: str = ""
    role: Role | None = None

    @property
    def url(self) -> str:
        """The address in German."""
        with override("de"):  # an earlier request of this thread may have left its language behind
            return reverse(self.name, args=self.arguments) + self.query


PUBLIC = [
    Page("portal:front"),
    Page("portal:about"),
    Page("portal:imprint"),
    Page("portal:privacy"),
    Page("portal:accessibility"),
    Page("finder:search"),
    Page("finder:search", query="?q=Mein+Baby+schreit&ort=Titz&alter=1"),
    Page("finder:search", query="?q=xyzzyquux"),
    Page("finder:topics"),
    Page("finder:urgent"),
    Page("finder:service", (SERVICE,)),
    Page("finder:service", (SERVICE,), query="?einfach=1"),
    Page("finder:not-true", (SERVICE,)),
    Page("finder:bookmarks"),
    Page("finder:alert", query="?q=Schwimmkurs"),
    Page("chain:public"),
    Page("programmes:listing"),
    Page("programmes:listing", query="?art=course&ort=Titz&alter=5"),
    Page("programmes:certificates"),
    Page("programmes:by_code"),
    Page("bookings:by_code"),
    Page("bookings:listing"),
    Page("classes:listing"),
    Page("holidays:listing"),
    Page("courses:listing"),
    Page("centres:listing"),
    Page("vouchers:public"),
    Page("vouchers:public", query="?ort=J%C3%BClich&alter=8"),
    Page("frontdoor:write"),
    Page("frontdoor:young"),
    Page("frontdoor:own"),
    Page("account_login"),
]
DESKS = [
    Page("portal:desk", role=Role.PROVIDER),
    Page("portal:desk", role=Role.COORDINATION),
    Page("finder:lists", role=Role.PROFESSIONAL),
    Page("programmes:mine", role=Role.PROFESSIONAL),
    Page("finder:service", (SERVICE,), role=Role.PROFESSIONAL),
    Page("finder:unmet", role=Role.COORDINATION),
    Page("finder:words", role=Role.COORDINATION),
    Page("finder:words", query="?q=schrei", role=Role.COORDINATION),
    Page("finder:new-word", role=Role.COORDINATION),
    Page("tasks:mine", role=Role.PROFESSIONAL),
    Page("tasks:mine", role=Role.COORDINATION),
    Page("tasks:new", role=Role.PROFESSIONAL),
    Page("certificates:register", role=Role.PROFESSIONAL),
    Page("certificates:new", role=Role.PROFESSIONAL),
    Page("cases:child_protection", role=Role.PROVIDER),
    Page("cases:child_protection", role=Role.PROFESSIONAL),
    Page("cases:advice", query="?gefahr=nein", role=Role.PROVIDER),
    Page("advisers:register", role=Role.COORDINATION),
    Page("advisers:new", role=Role.COORDINATION),
    Page("advisers:plan_meeting", role=Role.COORDINATION),
    Page("cases:search", query="?q=Schule", role=Role.PROFESSIONAL),
    Page("frontdoor:desk", role=Role.FAMILY_OFFICE),
    Page("frontdoor:desk", query="?q=Mein+Sohn+rastet+aus&ort=Titz", role=Role.FAMILY_OFFICE),
    Page("frontdoor:month", role=Role.FAMILY_OFFICE),
    Page("frontdoor:list", role=Role.FAMILY_OFFICE),
    Page("frontdoor:take_down", role=Role.FAMILY_OFFICE),
    Page("programmes:desk", role=Role.PROVIDER),
    Page("programmes:new", role=Role.PROVIDER),
    Page("programmes:letters", role=Role.PROVIDER),
    Page("bookings:letters", role=Role.PROVIDER),
    Page("programmes:figures", role=Role.PROVIDER),
    Page("bookings:desk", role=Role.PROVIDER),
    Page("bookings:new", role=Role.PROVIDER),
    Page("classes:desk", role=Role.PROVIDER),
    Page("classes:new", role=Role.PROVIDER),
    Page("holidays:desk", role=Role.PROVIDER),
    Page("holidays:new", role=Role.PROVIDER),
    Page("courses:desk", role=Role.PROVIDER),
    Page("courses:new", role=Role.PROVIDER),
    Page("centres:desk", role=Role.PROVIDER),
    Page("centres:new", role=Role.PROVIDER),
    Page("vouchers:desk", role=Role.PROVIDER),
    Page("vouchers:new", role=Role.PROVIDER),
    Page("vouchers:redeem", role=Role.PROVIDER),
    Page("vouchers:gaps", role=Role.PROVIDER),
    Page("directory:desk", role=Role.PROVIDER),
    Page("directory:coordination", role=Role.COORDINATION),
    Page("directory:proposals", role=Role.COORDINATION),
    Page("directory:inquiries", role=Role.COORDINATION),
    Page("directory:organizations", role=Role.COORDINATION),
    Page("chain:picture", role=Role.COORDINATION),
    Page("chain:picture", role=Role.MUNICIPALITY),
    Page("chain:picture", query="?gemeinde=05358056&neben=05358024", role=Role.COORDINATION),
    Page("chain:picture", query="?ansicht=karte", role=Role.COORDINATION),
    Page("chain:cell", ("05358056", "grundschule", "sport_freizeit"), role=Role.COORDINATION),
    Page("chain:cell", ("05358056", "grundschule", "sport_freizeit"), role=Role.MUNICIPALITY),
    Page("chain:seam", ("05358056", "kita", "grundschule"), role=Role.COORDINATION),
    Page("chain:history", query="?seit=2026-08-01", role=Role.COORDINATION),
    Page("chain:baselines", role=Role.COORDINATION),
    Page("chain:standing", role=Role.COORDINATION),
    Page("chain:analysis", role=Role.COORDINATION),
    Page("chain:sites", role=Role.COORDINATION),
    Page("chain:indicators", role=Role.COORDINATION),
    Page("chain:indicator", ("kita_under_3",), role=Role.COORDINATION),
    Page("chain:indicator-import", role=Role.COORDINATION),
]
