namespace Pipeline.Domain;

/// <summary>Something that happened in the city's business, in the past tense: whoever has something to do because of it does so in the same transaction, without the one who caused it knowing.</summary>
public interface IDomainEvent;
