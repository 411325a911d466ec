"""A page for machines: does the house stand?"""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from lueckenlos.core.guards import public


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503; nothing about the inside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "down"}, status=503)
    return JsonResponse({"status": "up"})
