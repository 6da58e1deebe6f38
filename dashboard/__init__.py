"""The Dutch-language dashboard over the published database."""
