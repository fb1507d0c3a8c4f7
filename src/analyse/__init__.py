"""Youth-care reports for a jeugdhulpregio: from deliveries to half-yearly reports, in five hops."""
