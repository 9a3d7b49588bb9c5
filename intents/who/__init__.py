"""Whom words stand for: names, sets, relations, descriptions, strangers."""
