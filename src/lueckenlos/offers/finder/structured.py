"""A service for search engines: schema.org as JSON-LD."""

from typing import Any

from lueckenlos.commons.directory.types import LocationView, ServiceView


def as_schema_org(service: ServiceView, *, address: str) -> dict[str, Any]:
    """The service as `schema:Service` with its provider, places, hours and audience."""
    entry: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "@id": address,
        "url": address,
        "name": service.name,
        "description": service.description,
        "serviceType": service.kind.label if service.kind else None,
        "provider": {
            "@type": "Organization",
            "name": service.organization.name,
            "url": service.organization.website,
        },
        "areaServed": [{"@type": "AdministrativeArea", "name": town.label} for town in service.catchment],
        "audience": {
            "@type": "PeopleAudience",
            "suggestedMinAge": service.age_min,
            "suggestedMaxAge": service.age_max,
        },
        "availableLanguage": list(service.languages),
        "isAccessibleForFree": service.is_free,
        "availableChannel": [_channel(service, place=place) for place in service.locations]
        or [_channel(service, place=None)],
    }
    return {name: value for name, value in entry.items() if value not in (None, "", [])}


def _channel(service: ServiceView, *, place: LocationView | None) -> dict[str, Any]:
    phones = service.all_phones
    channel: dict[str, Any] = {"@type": "ServiceChannel", "serviceUrl": service.website or None}
    if phones:
        channel["servicePhone"] = {"@type": "ContactPoint", "telephone": phones[0].number}
    if place is not None:
        channel["serviceLocation"] = {
            "@type": "Place",
            "name": place.name,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": place.street,
                "postalCode": place.postcode,
                "addressLocality": place.city,
                "addressCountry": "DE",
            },
        }
        if place.latitude is not None:
            channel["serviceLocation"]["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
    return {name: value for name, value in channel.items() if value}
