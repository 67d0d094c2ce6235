namespace Pipeline.Domain.Webhooks;

/// <summary>Whether changes are sent to an address.</summary>
public enum WebhookStatus
{
    Enabled,
    Disabled,
}

/// <summary>Why nothing is sent any more.</summary>
public enum DisabledReason
{
    /// <summary>The receiver said that it is gone (410).</summary>
    Gone,

    /// <summary>It did nothing but fail for three days.</summary>
    Failing,
}

/// <summary>In which order deliveries are sent.</summary>
public enum DeliveryOrder
{
    /// <summary>Those of one subject one after the other; a later one waits for the earlier.</summary>
    Subject,

    /// <summary>Each as soon as it can.</summary>
    None,
}

/// <summary>What became of a delivery.</summary>
public enum DeliveryStatus
{
    Waiting,
    Delivered,

    /// <summary>Tried as often as it is tried.</summary>
    Dead,

    /// <summary>The key may not see any more what it tells of.</summary>
    Withdrawn,
}
