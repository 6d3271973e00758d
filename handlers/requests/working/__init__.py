"""Passing requests on: to another deputy, who takes them or gives them back."""
