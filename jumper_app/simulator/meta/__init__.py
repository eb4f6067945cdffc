"""What the stand-ins for Meta's channels share: the Graph API's door, its errors, webhooks."""
