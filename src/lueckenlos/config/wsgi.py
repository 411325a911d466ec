"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import get_resolver
from django.utils.module_loading import import_string

from lueckenlos.core.login_check import check_login

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lueckenlos.config.settings")

application = get_wsgi_application()
# Whatever starts the server: no page is served by a login that the wall does not hold.
check_login(connection)
# By name, since models may be imported only once Django stands.
import_string("lueckenlos.offers.finder.services.read_models")()
# All pages' code now, not by the first visitor, who would share the processor with what follows.
get_resolver().url_patterns  # noqa: B018
import_string("lueckenlos.core.warming.warm_up")(
    # The chain's loops are compiled first: the front page waits for them.
    import_string("lueckenlos.steering.chain.selectors.drawn"),
    import_string("lueckenlos.offers.finder.services.search_once"),
)
