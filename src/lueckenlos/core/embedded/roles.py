"""The four roles, as the one SQL script that the embedded database and every host's PostgreSQL get.

The script can run again at any time. It never grants on tables that exist: migrations take rights back
from the application (keys, the audit chain), and a second run must not give them again. Rights on tables
come from default privileges, so the script runs before the first migration.
"""

from dataclasses import dataclass
from enum import StrEnum

DATABASE = "lueckenlos"


class Login(StrEnum):
    """Who connects. The wall's role is missing on purpose: nobody signs in as the wall."""

    SUPERUSER = "postgres"
    OWNER = "lueckenlos_owner"
    APP = "lueckenlos_app"
    MAINTENANCE = "lueckenlos_maintenance"

    @property
    def key(self) -> str:
        """Gives the short name for files."""
        return "superuser" if self is Login.SUPERUSER else self.value.removeprefix("lueckenlos_")


WALL = "lueckenlos_wall"

_ROLES = """\
DO $roles$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['lueckenlos_owner', 'lueckenlos_app', 'lueckenlos_wall', 'lueckenlos_maintenance']
  LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I', name);
    END IF;
  END LOOP;
END
$roles$;

-- owner: migrates, owns the database and its tables, is never used to serve
ALTER ROLE lueckenlos_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- app: serves; every policy holds for it
ALTER ROLE lueckenlos_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE lueckenlos_app SET statement_timeout = '30s';
ALTER ROLE lueckenlos_app SET lock_timeout = '10s';
ALTER ROLE lueckenlos_app SET idle_in_transaction_session_timeout = '60s';

-- wall: nobody signs in; owns the few functions that look behind the policies, and nothing else
ALTER ROLE lueckenlos_wall NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;

-- maintenance: backs up; reads past the policies, writes nothing
ALTER ROLE lueckenlos_maintenance LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS;
ALTER ROLE lueckenlos_maintenance SET default_transaction_read_only = on;

-- the owner hands functions over to the wall, and never sees past the policies by inheritance
GRANT lueckenlos_wall TO lueckenlos_owner WITH ADMIN FALSE, INHERIT FALSE, SET TRUE;
"""

_DATABASE = """\
ALTER DATABASE {database} OWNER TO lueckenlos_owner;
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO lueckenlos_app;
GRANT CONNECT ON DATABASE {database} TO lueckenlos_maintenance;

ALTER SCHEMA public OWNER TO lueckenlos_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO lueckenlos_app, lueckenlos_maintenance;
GRANT USAGE, CREATE ON SCHEMA public TO lueckenlos_wall;

ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lueckenlos_app, lueckenlos_wall;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner GRANT SELECT ON TABLES TO lueckenlos_maintenance;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner GRANT USAGE ON SEQUENCES TO lueckenlos_app, lueckenlos_wall;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner GRANT SELECT ON SEQUENCES TO lueckenlos_maintenance;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_owner GRANT EXECUTE ON FUNCTIONS TO lueckenlos_app, lueckenlos_wall;
ALTER DEFAULT PRIVILEGES FOR ROLE lueckenlos_wall REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""

_SCRIPT = """\
-- lückenlos: roles and rights on an ordinary PostgreSQL (16 or newer).
-- Run it once as superuser, before the first migration; running it again changes nothing:
--   LUECKENLOS_OWNER_PASSWORD=… LUECKENLOS_APP_PASSWORD=… LUECKENLOS_MAINTENANCE_PASSWORD=… \\
--     psql --dbname=postgres --file=roles.sql
-- A password that is not given stays as it is.
\\set ON_ERROR_STOP on
SET password_encryption = 'scram-sha-256';

{roles}
\\getenv owner_password LUECKENLOS_OWNER_PASSWORD
\\if :{{?owner_password}}
ALTER ROLE lueckenlos_owner PASSWORD :'owner_password';
\\endif
\\getenv app_password LUECKENLOS_APP_PASSWORD
\\if :{{?app_password}}
ALTER ROLE lueckenlos_app PASSWORD :'app_password';
\\endif
\\getenv maintenance_password LUECKENLOS_MAINTENANCE_PASSWORD
\\if :{{?maintenance_password}}
ALTER ROLE lueckenlos_maintenance PASSWORD :'maintenance_password';
\\endif

SELECT 'CREATE DATABASE {database} TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C'''
  || CASE WHEN current_setting('server_version_num')::int >= 170000
       THEN ' LOCALE_PROVIDER builtin BUILTIN_LOCALE ''C.UTF-8''' ELSE '' END
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
\\connect {database}

{rights}"""


@dataclass(frozen=True)
class RoleStatements:
    """The same deeds as plain SQL, for a connection instead of psql."""

    roles: str
    rights: str


def role_statements(*, database: str = DATABASE) -> RoleStatements:
    """Gives the SQL of the roles, and the SQL to run inside the database; both can run again."""
    return RoleStatements(roles=_ROLES, rights=_DATABASE.format(database=database))


def role_script(*, database: str = DATABASE) -> str:
    """Gives the script that a host's superuser feeds to psql; it can run again."""
    parts = role_statements(database=database)
    return _SCRIPT.format(database=database, roles=parts.roles, rights=parts.rights)
