-- The policies of the store's tables ask for the consumer that looks; its reads go side by side only with functions that are known
-- to bear it.
alter function nightjar.consumer_looking() parallel restricted;
