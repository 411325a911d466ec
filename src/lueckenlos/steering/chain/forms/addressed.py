"""Forms that live in the address of a page: English names in the code, German words in the address."""

from typing import ClassVar

from django import forms


class AddressedForm(forms.Form):
    """A form whose fields are called something else in the address."""

    ADDRESS: ClassVar[dict[str, str]] = {}

    def add_prefix(self, field_name: str) -> str:
        """The word of a field in the address."""
        return self.ADDRESS.get(field_name, field_name)
