"""Starts the house in a process of its own, with its settings from the environment."""

import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from tests.commons.accounts.provider.run import Quiet


class Threaded(ThreadingMixIn, WSGIServer):
    """Browsers keep connections open."""

    daemon_threads = True


def main(port: int) -> None:
    """Serve until killed."""
    from lueckenlos.config.wsgi import application

    server = make_server("127.0.0.1", port, application, server_class=Threaded, handler_class=Quiet)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
