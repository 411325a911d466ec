"""Open Referral's endpoints, in one profile each; every page costs the same number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import NinjaAPI, Query

from lueckenlos.commons.directory.api import description, filters
from lueckenlos.commons.directory.api.filters import OrganizationFilter, Paging, ServiceFilter, TermFilter
from lueckenlos.commons.directory.api.pages import answer, cut, ids_of
from lueckenlos.commons.directory.api.refusals import refuse_in_sentences
from lueckenlos.commons.directory.exchange import codes as lists
from lueckenlos.commons.directory.exchange import documents, records
from lueckenlos.commons.directory.exchange.codes import Codes
from lueckenlos.commons.directory.exchange.exporting import PROFILES, VERSIONS
from lueckenlos.commons.directory.exchange.projection import basic, project, without_private
from lueckenlos.commons.directory.exchange.records import Directory, Row
from lueckenlos.commons.directory.exchange.vocabulary import read_codes
from lueckenlos.commons.directory.models import Organization, Service, ServiceAtLocation
from lueckenlos.core import clock
from lueckenlos.kernels.openreferral import Profile

_TITLES: Final = {
    Profile.HSDS: "Open Referral HSDS 3.1",
    Profile.DE: "Open Referral HSDS 3.1, deutsches Profil",
    Profile.ORUK: "Open Referral UK 3.0",
}


def interface(profile: Profile, *, namespace: str) -> NinjaAPI:
    """The interface in a profile, to be mounted under its namespace."""
    api = NinjaAPI(
        title=_TITLES[profile],
        version=VERSIONS[profile],
        description="Das Verzeichnis der Angebote, nur lesend, ohne Schlüssel.",
        urls_namespace=namespace,
        docs_url=None,
        openapi_url=None,
    )
    refuse_in_sentences(api)
    endpoints = _Endpoints(profile, namespace)
    for path, name, view, extra in endpoints.all(api):
        api.get(path, url_name=name, operation_id=f"{namespace}_{name}", openapi_extra=extra)(view)
    return api


@dataclass(frozen=True, slots=True)
class _Endpoints:
    """The operations of one profile."""

    profile: Profile
    namespace: str

    def all(self, api: NinjaAPI) -> Iterable[tuple[str, str, Callable[..., HttpResponse], Row]]:
        """Path, name, view and description of each operation."""
        yield "/", "root", self._root(), description.one("root")
        yield "/openapi.json", "openapi", _described(api, self.profile), {}
        yield "/services", "services", self._services(), description.page_of("service", "brief")
        yield "/services/{id}", "service", self._service(), description.one("service")
        yield (
            "/service_at_locations",
            "service_at_locations",
            self._places(),
            description.page_of("service_at_location"),
        )
        yield (
            "/service_at_locations/{id}",
            "service_at_location",
            self._place(),
            description.one("service_at_location"),
        )
        yield "/organizations", "organizations", self._organizations(), description.page_of("organization")
        yield "/organizations/{id}", "organization", self._organization(), description.one("organization")
        yield "/taxonomies", "taxonomies", self._taxonomies(), description.page_of("taxonomy")
        yield "/taxonomies/{id}", "taxonomy", self._taxonomy(), description.one("taxonomy")
        yield "/taxonomy_terms", "taxonomy_terms", self._terms(), description.page_of("taxonomy_term")
        yield "/taxonomy_terms/{id}", "taxonomy_term", self._term(), description.one("taxonomy_term")

    def _root(self) -> Callable[..., HttpResponse]:
        def root(request: HttpRequest) -> HttpResponse:
            """Version, profile and description of this interface."""
            at = request.build_absolute_uri(reverse(f"{self.namespace}:openapi"))
            return answer(
                {
                    "version": VERSIONS[self.profile],
                    "profile": PROFILES[self.profile],
                    "openapi_url": at,
                }
            )

        return root

    def _services(self) -> Callable[..., HttpResponse]:
        def services(request: HttpRequest, wanted: Query[ServiceFilter]) -> HttpResponse:
            """Services, page by page; `full` gives all of each, `minimal` its id and when it changed."""
            codes = read_codes()
            found = filters.chosen_services(wanted, codes=codes, today=clock.today())
            rows, page = cut(
                found.only("id", "name", "modified_at"), page=wanted.page, per_page=wanted.per_page
            )
            if wanted.minimal:
                contents = [{"id": str(row.id), "last_modified": _moment(row)} for row in rows]
            else:
                contents = self._full_services(ids_of(rows), codes=codes)
                if not wanted.full:
                    contents = [basic(each, "service") for each in contents]
            return answer({**page, "contents": contents})

        return services

    def _service(self) -> Callable[..., HttpResponse]:
        def service(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - the format's own word
            """One service with everything that belongs to it."""
            there = filters.published(today=clock.today()).filter(id=id).exists()
            return answer(_first(self._full_services([id], codes=read_codes()) if there else []))

        return service

    def _places(self) -> Callable[..., HttpResponse]:
        def service_at_locations(request: HttpRequest, wanted: Query[ServiceFilter]) -> HttpResponse:
            """Services at their locations, page by page; around a postcode with `proximity` in metres."""
            codes = read_codes()
            found = filters.chosen_places(wanted, codes=codes, today=clock.today())
            rows, page = cut(found.only("id", "service_id"), page=wanted.page, per_page=wanted.per_page)
            contents = self._full_places(rows, codes=codes)
            if not wanted.full:
                contents = [basic(each, "service_at_location") for each in contents]
            return answer({**page, "contents": contents})

        return service_at_locations

    def _place(self) -> Callable[..., HttpResponse]:
        def service_at_location(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - see above
            """One service at one location."""
            shown = filters.published(today=clock.today()).values("id")
            rows = list(ServiceAtLocation.objects.filter(id=id, service__in=shown).only("id", "service_id"))
            return answer(_first(self._full_places(rows, codes=read_codes())))

        return service_at_location

    def _organizations(self) -> Callable[..., HttpResponse]:
        def organizations(request: HttpRequest, wanted: Query[OrganizationFilter]) -> HttpResponse:
            """Organizations whose services are shown, page by page."""
            codes = read_codes()
            found = filters.chosen_organizations(wanted, codes=codes, today=clock.today())
            rows, page = cut(found.only("id"), page=wanted.page, per_page=wanted.per_page)
            contents = self._full_organizations(ids_of(rows), codes=codes)
            if wanted.full_service:
                contents = self._with_services(contents, codes=codes)
            elif not wanted.full:
                contents = [basic(each, "organization") for each in contents]
            return answer({**page, "contents": contents})

        return organizations

    def _organization(self) -> Callable[..., HttpResponse]:
        def organization(
            request: HttpRequest,
            id: UUID,  # noqa: A002 - see above
            full_service: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
        ) -> HttpResponse:
            """One organization; with `full_service` also what it offers."""
            shown = filters.published(today=clock.today()).filter(organization_id=id).exists()
            codes = read_codes()
            found = self._full_organizations([id], codes=codes) if shown else []
            return answer(_first(self._with_services(found, codes=codes) if full_service else found))

        return organization

    def _taxonomies(self) -> Callable[..., HttpResponse]:
        def taxonomies(request: HttpRequest, wanted: Query[Paging]) -> HttpResponse:
            """The code lists."""
            found = [lists.taxonomy_document(each) for each in lists.TAXONOMIES]
            rows, page = cut(found, page=wanted.page, per_page=wanted.per_page)
            return answer({**page, "contents": rows})

        return taxonomies

    def _taxonomy(self) -> Callable[..., HttpResponse]:
        def taxonomy(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - see above
            """One code list."""
            found = [
                lists.taxonomy_document(name) for name in lists.TAXONOMIES if lists.taxonomy_id(name) == id
            ]
            return answer(_first(found))

        return taxonomy

    def _terms(self) -> Callable[..., HttpResponse]:
        def taxonomy_terms(request: HttpRequest, wanted: Query[TermFilter]) -> HttpResponse:
            """The terms of the code lists; ours have no parents."""
            words = [word.lower() for word in filters.words_of(wanted.search)]
            found = [
                each
                for each in ([] if wanted.parent_id else read_codes().terms())
                if wanted.taxonomy_id in (None, UUID(each["taxonomy_id"]))
                and all(word in each["name"].lower() for word in words)
            ]
            rows, page = cut(found, page=wanted.page, per_page=wanted.per_page)
            contents = [project(each, "taxonomy_term", profile=self.profile) for each in rows]
            return answer({**page, "contents": contents})

        return taxonomy_terms

    def _term(self) -> Callable[..., HttpResponse]:
        def taxonomy_term(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - see above
            """One term."""
            found = [each for each in read_codes().terms() if each["id"] == str(id)]
            return answer(_first([project(each, "taxonomy_term", profile=self.profile) for each in found]))

        return taxonomy_term

    def _full_services(self, ids: list[UUID], *, codes: Codes) -> list[Row]:
        rows = Service.objects.filter(id__in=ids)
        directory = records.read_services(rows)
        changed = dict(rows.values_list("id", "modified_at"))
        return [
            self._written(own_id, directory, codes=codes)
            | {"last_modified": changed[own_id].isoformat(timespec="seconds")}
            for own_id in ids
            if own_id in directory.services
        ]

    def _written(self, own_id: UUID, directory: Directory, *, codes: Codes) -> Row:
        document = documents.service_document(directory.services[own_id], directory=directory, codes=codes)
        return without_private(project(document, "service", profile=self.profile), "service")

    def _full_places(self, rows: list[ServiceAtLocation], *, codes: Codes) -> list[Row]:
        services = self._full_services(list(dict.fromkeys(row.service_id for row in rows)), codes=codes)
        found: dict[str, Row] = {}
        for service in services:
            thin = basic(service, "service")
            for each in service.get("service_at_locations", ()):
                found[each["id"]] = each | {"service": thin}
        return [found[str(row.id)] for row in rows if str(row.id) in found]

    def _full_organizations(self, ids: list[UUID], *, codes: Codes) -> list[Row]:
        entries = records.read_organizations(Organization.objects.filter(id__in=ids))
        return [
            without_private(
                project(
                    documents.organization_document(entries[own_id], codes=codes),
                    "organization",
                    profile=self.profile,
                ),
                "organization",
            )
            for own_id in ids
            if own_id in entries
        ]

    def _with_services(self, organizations: list[Row], *, codes: Codes) -> list[Row]:
        wanted = filters.published(today=clock.today()).filter(
            organization_id__in=[each["id"] for each in organizations]
        )
        services = self._full_services(ids_of(list(wanted.only("id"))), codes=codes)
        return [
            each | {"services": [one for one in services if one["organization"]["id"] == each["id"]]}
            for each in organizations
        ]


def _described(api: NinjaAPI, profile: Profile) -> Callable[..., HttpResponse]:
    def openapi(request: HttpRequest) -> HttpResponse:
        """This interface as OpenAPI describes it."""
        schema: dict[str, Any] = dict(api.get_openapi_schema())
        schema["components"] = {
            "schemas": {**description.components(profile), **schema["components"].get("schemas", {})}
        }
        return answer(schema)

    return openapi


def _first(found: list[Row]) -> Row:
    if not found:
        raise Http404
    return found[0]


def _moment(row: Service) -> str:
    return row.modified_at.isoformat(timespec="seconds")
