"""PostgreSQL that the house starts itself, and the roles that every PostgreSQL gets.

`Cluster(home).start()` gives a `Server` with the connection addresses of each role; a second process
with the same home joins the running server, and the last one out stops it. No Django in here.
"""

from lueckenlos.core.embedded.binaries import DEFAULT_VERSION, SUPPORTED_VERSIONS
from lueckenlos.core.embedded.cluster import Cluster, Server
from lueckenlos.core.embedded.errors import EmbeddedError
from lueckenlos.core.embedded.roles import DATABASE, Login, role_script

__all__ = [
    "DATABASE",
    "DEFAULT_VERSION",
    "SUPPORTED_VERSIONS",
    "Cluster",
    "EmbeddedError",
    "Login",
    "Server",
    "role_script",
]
