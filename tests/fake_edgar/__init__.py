"""A second EDGAR, independent of replica/: plain asyncio, written from what is known of EDGAR's protocol, so that what the replica
misunderstands is not what the crawler is tested by. It shares no code with replica/ and none with the product."""
