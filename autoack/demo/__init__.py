"""The whole product on one machine with nothing else installed: private servers, sample customers, a support week."""
