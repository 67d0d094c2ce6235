using Pipeline.Data;

namespace Pipeline.Store.Files;

/// <summary>The bytes of what was uploaded, kept in parts: each is written and read by itself, so that a large file needs no large memory, and a slow reader keeps no connection.</summary>
public static class StoredContent
{
    /// <summary>What the runtime still keeps among small objects.</summary>
    private const int PartSize = 64 << 10;

    /// <summary>Stores a file from its beginning.</summary>
    public static Task Write(Session session, string fileId, Stream content) =>
        Write(session, InsertPart, fileId, content);

    /// <summary>Stores a register from its beginning.</summary>
    public static Task WriteRegister(Session session, string importId, Stream content) =>
        Write(session, InsertRegisterPart, importId, content);

    /// <summary>A register as it was sent in.</summary>
    public static async Task<byte[]> ReadRegister(Session session, string importId)
    {
        var parts = await session.Query<byte[]>(SelectRegister, new { id = importId });
        if (parts.Count == 1)
            return parts[0];
        var all = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }

    /// <summary>A file as a stream that reads part by part, from any place on.</summary>
    public static Stream Open(Database database, string fileId, long size) => new Parts(database, fileId, size);

    private static async Task Write(Session session, string insert, string id, Stream content)
    {
        for (var number = 0; ; number++)
        {
            var part = new byte[PartSize];
            var read = await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false);
            if (read == 0)
                return;
            await session.Execute(
                insert,
                new
                {
                    id,
                    number,
                    content = read == part.Length ? part : part[..read],
                }
            );
        }
    }

    private sealed class Parts(Database database, string fileId, long size) : Stream
    {
        private byte[] part = [];
        private int at,
            next;
        private long position;

        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => size;

        public override long Position
        {
            get => position;
            set => Seek(value, SeekOrigin.Begin);
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (position == size)
                return 0;
            if (at >= part.Length)
            {
                at -= part.Length;
                var number = next++;
                part = await database.Read(
                    session => session.One<byte[]>(SelectPart, new { id = fileId, number }),
                    cancellationToken
                ) ?? throw new IOException($"File {fileId} ends before its part {number}.");
            }

            var read = Math.Min(buffer.Length, part.Length - at);
            part.AsMemory(at, read).CopyTo(buffer);
            at += read;
            position += read;
            return read;
        }

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        /// <summary>Goes to a place; the part that it is in is read when it is needed.</summary>
        public override long Seek(long offset, SeekOrigin origin)
        {
            var to = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => position + offset,
                _ => size + offset,
            };
            ArgumentOutOfRangeException.ThrowIfNegative(to, nameof(offset));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(to, size, nameof(offset));
            (position, part, next) = (to, [], (int)(to / PartSize));
            at = (int)(to % PartSize);
            return position;
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private const string InsertPart =
        "INSERT INTO file_contents (file_id, number, content) VALUES (@id, @number, @content)";
    private const string SelectPart = "SELECT content FROM file_contents WHERE file_id = @id AND number = @number";
    private const string InsertRegisterPart =
        "INSERT INTO import_files (import_id, number, content) VALUES (@id, @number, @content)";
    private const string SelectRegister = "SELECT content FROM import_files WHERE import_id = @id ORDER BY number";
}
