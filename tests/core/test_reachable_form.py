"""A form that needs one of several ways says of none of them that it is optional, and its errors read as sentences."""

from __future__ import annotations

from django import forms
from django.template import Context, Template

from lueckenlos.core.forms import described, offer_openly, summary_of, worded
from lueckenlos.core.postal_form import ReachableForm
from lueckenlos.core.times import hours_words


class AgreeingForm(ReachableForm):
    consent = forms.BooleanField(
        label="Ich bin einverstanden.", error_messages={"required": "Ohne Ihr Ja geht es nicht."}
    )


def test_of_the_ways_of_which_one_is_needed_none_is_called_optional() -> None:
    form = AgreeingForm()
    assert all(described(form[name]).required for name in ("name", "email", "by_letter"))
    assert not described(form["phone"]).required
    page = Template("{% load kern %}{% field form.email %}").render(Context({"form": form}))
    assert "freiwillig" not in page


def test_the_error_of_a_box_does_not_repeat_its_whole_sentence() -> None:
    form = AgreeingForm({"name": "Eltern"})
    entry = next(each for each in summary_of(form).entries if "Ja" in each.text)
    assert (entry.label, entry.anchor) == ("", form["consent"].id_for_label)
    page = Template("{% load kern %}{% error_summary form %}").render(Context({"form": form}))
    assert f'href="#{entry.anchor}">Ohne Ihr Ja geht es nicht.</a>' in page
    assert "E-Mail-Adresse – Wie erreichen wir Sie?" in page


def test_four_hours_are_not_said_in_minutes() -> None:
    assert [hours_words(each) for each in (45, 60, 90, 240)] == [
        "45 Minuten", "1 Stunde", "1 Stunde 30 Minuten", "4 Stunden",
    ]  # fmt: skip


class HandingForm(forms.Form):
    owner = forms.ChoiceField()


def test_of_several_nobody_is_chosen_before_somebody_chooses() -> None:
    several, one = HandingForm({"owner": ""}), HandingForm()
    offer_openly(several, "owner", [("a", "Ada"), ("b", "Ben")])
    offer_openly(one, "owner", [("a", "Ada")])
    assert worded(several["owner"]) == ["Bitte wählen Sie etwas aus."]
    assert "bitte wählen" in str(several["owner"]) and "bitte wählen" not in str(one["owner"])


class LimitedForm(forms.Form):
    age = forms.IntegerField(min_value=0, max_value=27)
    words = forms.CharField(max_length=10)
    email = forms.EmailField()
    own = forms.IntegerField(min_value=1, error_messages={"min_value": "Mindestens ein Platz."})


def test_a_limit_is_told_with_its_number_and_how_far_it_was_missed() -> None:
    low = LimitedForm({"age": "-3", "words": "ä" * 10_000, "own": "0", "email": "x"})
    assert worded(low["email"]) == [
        "Diese E-Mail-Adresse kann nicht stimmen. Ein Beispiel: name@example.org."
    ]
    assert worded(low["age"]) == ["Bitte geben Sie mindestens 0 an."]
    assert worded(low["words"]) == ["Das ist zu lang: 10000 Zeichen. Hier ist Platz für 10."]
    assert worded(low["own"]) == ["Mindestens ein Platz."]
    assert worded(LimitedForm({"age": "99"})["age"]) == ["Bitte geben Sie höchstens 27 an."]
