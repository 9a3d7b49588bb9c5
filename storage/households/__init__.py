"""Households: their members and services, who may change them, and every change."""
