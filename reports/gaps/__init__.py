"""What the own company lacks or trails in beside its competitors, one file a kind of gap."""
