"""What results over many cases come to: before and after, deterrence, sweeps, uncertainty."""
