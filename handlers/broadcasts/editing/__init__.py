"""What has gone out is worded anew."""
