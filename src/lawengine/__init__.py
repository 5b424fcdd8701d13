"""Rules as code for Chinese e-commerce credit law."""

__version__ = "0.1.0"
