"""The contact card: who this customer is."""
