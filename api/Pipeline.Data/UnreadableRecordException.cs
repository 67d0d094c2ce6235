namespace Pipeline.Data;

/// <summary>One record cannot be read or worked with, while others can (503 <c>record-unreadable</c>).</summary>
public sealed class UnreadableRecordException(string message, Exception? inner = null) : Exception(message, inner);
