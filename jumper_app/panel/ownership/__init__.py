"""Who answers the customer, and the one next step."""
