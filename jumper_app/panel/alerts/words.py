"""What a notification says besides the customer's own words."""

SAID: dict[str, str] = {
    "mentioned": "A colleague mentioned you",
    "waits": "waits for a person",
}
