using Pipeline.Domain;

namespace Pipeline.Data;

/// <summary>Does what follows from events, in the transaction in which they happened: both are there afterwards, or neither. Subscribers are asked one after the other, in the order in which the program lists them.</summary>
public interface IEventSubscriber
{
    /// <summary>Does what follows; nothing for events that mean nothing here.</summary>
    Task On(Session session, IDomainEvent happened);
}
