"""What the regional secretary sets about requests beside their categories."""
