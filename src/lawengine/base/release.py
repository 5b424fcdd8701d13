"""Which version of the program this is; every decision names it."""

VERSION = "0.1.0"
