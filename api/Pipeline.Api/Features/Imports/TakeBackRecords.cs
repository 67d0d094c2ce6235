namespace Pipeline.Api.Features.Imports;

/// <summary>What a row of an import stored, as it stands now.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="By">By what it was built on since; nothing stands against taking it back where that is empty.</param>
/// <param name="TakeBack">Takes it back, for a reason.</param>
internal sealed record StandingRecord(
    int RowNumber,
    string? RecordId,
    string Name,
    IReadOnlyList<BuiltOn> By,
    Func<string, Task> TakeBack
);

/// <summary>Takes back what the rows of one import stored, of one kind of records. The caller of each holds the lock of the kind.</summary>
internal interface ITakeBackRecords
{
    /// <summary>What a row stored; null where it was taken back by hand already.</summary>
    Task<StandingRecord?> Find(KeptRecordRow row);

    /// <summary>Does once what is to be done after the last row.</summary>
    Task End();
}
