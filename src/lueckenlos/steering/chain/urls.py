"""The chain's addresses."""

from django.urls import include, path

from lueckenlos.steering.chain.views import (
    cell,
    council,
    duplicates,
    history,
    life_line,
    out,
    outlook,
    picture,
    public,
    questions,
    scenarios,
    standing,
    steps,
    targets,
)

app_name = "chain"
urlpatterns = [
    path("", picture.picture, name="picture"),
    path("bericht.pdf", out.report, name="report"),
    path("poster-<str:size>.pdf", out.poster, name="poster"),
    path("bild.svg", out.svg, name="picture-svg"),
    path("bild.png", out.png, name="picture-png"),
    path("zahlen.xlsx", out.xlsx, name="xlsx"),
    path("zellen.csv", out.csv, name="csv"),
    path("rat/", council.links, name="council-links"),
    path("rat/<uuid:link_id>/beenden/", council.end, name="council-link-end"),
    path("rat/<str:token>/", council.council, name="council"),
    path("rat/<str:token>/bild.svg", council.council_picture, name="council-picture"),
    path("ziele/", targets.targets, name="targets"),
    path("ziele/<slug:area>/<slug:phase>/<slug:field>/", targets.target, name="target"),
    path("ziele/<slug:area>/<slug:phase>/<slug:field>/beenden/", targets.target_end, name="target_end"),
    path("ziele/<slug:area>/<slug:phase>/bis/<slug:to>/", targets.target, name="seam_target"),
    path("ziele/<slug:area>/<slug:phase>/bis/<slug:to>/beenden/", targets.target_end, name="seam_target_end"),
    path("fragen/", questions.questions, name="questions"),
    path("szenarien/", scenarios.scenarios, name="scenarios"),
    path("szenarien/<uuid:scenario_id>/", scenarios.scenario, name="scenario"),
    path("szenarien/<uuid:scenario_id>/stand/", scenarios.scenario_state, name="scenario_state"),
    path("szenarien/<uuid:scenario_id>/neu/<slug:deed>/", scenarios.scenario_change, name="scenario_change"),
    path(
        "szenarien/<uuid:scenario_id>/<int:change_id>/", scenarios.scenario_line, name="scenario_line"
    ),
    path("zelle/<str:ags>/<slug:phase>/<slug:field>/", cell.cell, name="cell"),
    path("naht/<str:ags>/<slug:phase>/<slug:to>/", cell.seam, name="seam"),
    path("verlauf/", history.history, name="history"),
    path("festgehalten/", history.kept, name="baselines"),
    path("festgehalten/<int:baseline_id>/", history.baseline, name="baseline"),
    path("geteilt/", standing.standing, name="standing"),
    path("oeffentlich/", public.released, name="public"),
    path("naechster-schritt/", steps.steps, name="steps"),
    path("naechster-schritt/katalog/", steps.catalog_page, name="step-catalog"),
    path("naechster-schritt/katalog/<slug:key>/", steps.catalog_edit, name="step-edit"),
    path("naechster-schritt/katalog/<slug:key>/beenden/", steps.catalog_end, name="step-end"),
    path("lebenslinie/", life_line.page, name="life-line"),
    path("doppelt/", duplicates.page, name="duplicates"),
    path("doppelt/<slug:key>/", duplicates.group, name="duplicate"),
    path("ausblick/", outlook.page, name="outlook"),
    path("sozialraum/", include("lueckenlos.steering.chain.social_urls")),
]
