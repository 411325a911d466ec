"""The room of vouchers."""

from django.apps import AppConfig


class VouchersConfig(AppConfig):
    """Vouchers for sport: who pays, who hands them out, which club takes them; of the child nothing but its age."""

    name = "lueckenlos.offers.vouchers"
    label = "vouchers"
