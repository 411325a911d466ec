"""What granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lueckenlos.config.settings")

application = get_wsgi_application()
# By name, since models may be imported only once Django stands.
import_string("lueckenlos.offers.finder.services.warm_up")()
