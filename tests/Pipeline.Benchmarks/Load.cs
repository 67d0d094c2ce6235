using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.Benchmarks;

/// <summary>What a measurement found: answers a second, and how long they took, in milliseconds.</summary>
public sealed record Measured(
    double PerSecond,
    double P50,
    double P95,
    double P99,
    long Answers,
    long Refused,
    string? Refusal,
    double Cpu,
    double Memory
);

/// <summary>Asks over sockets of its own: a client library would cost more than the answers that are measured.</summary>
public static class Load
{
    /// <summary>Asks from several connections at once. Closed loop: each asks again once it was answered. With a rate: at fixed instants, late or not, and time counts from the instant.</summary>
    public static async Task<Measured> Run(
        Server server,
        int connections,
        double seconds,
        Func<int, long, byte[]> request,
        int rate = 0
    )
    {
        var cpu = server.Cpu;
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(seconds * Stopwatch.Frequency);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(connection =>
                    Task.Run(() => Ask(server.Address, connection, connections, began, end, request, rate))
                )
        );
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var times = results
            .SelectMany(result => result.Times)
            .Select(ticks => ticks * 1000.0 / Stopwatch.Frequency)
            .Order()
            .ToArray();
        var refused = results.Sum(result => result.Refused);
        return new Measured(
            (times.Length - refused) / took,
            At(times, 0.50),
            At(times, 0.95),
            At(times, 0.99),
            times.Length,
            refused,
            results.Select(result => result.Refusal).FirstOrDefault(refusal => refusal is not null),
            (server.Cpu - cpu) / took,
            server.Memory
        );
    }

    /// <summary>A request as bytes.</summary>
    public static byte[] Request(string method, string path, string? token = null, string? body = null)
    {
        var content = body is null ? [] : Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder().Append(
            CultureInfo.InvariantCulture,
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
        );
        if (token is not null)
            head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n");
        if (body is not null)
            head.Append(
                CultureInfo.InvariantCulture,
                $"Content-Type: application/json\r\nContent-Length: {content.Length}\r\n"
            );
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. content];
    }

    /// <summary>Asks once; the status and the body.</summary>
    public static async Task<(int Status, string Body)> Once(Server server, byte[] request)
    {
        using var connection = new Connection(server.Address);
        var (status, body) = await connection.Ask(request, keep: true);
        return (status, body!);
    }

    private static async Task<(List<long> Times, long Refused, string? Refusal)> Ask(
        Uri address,
        int number,
        int connections,
        long began,
        long end,
        Func<int, long, byte[]> request,
        int rate
    )
    {
        using var connection = new Connection(address);
        var times = new List<long>(10_000);
        var refused = 0L;
        string? refusal = null;
        for (var turn = 0L; ; turn++)
        {
            var due = Stopwatch.GetTimestamp();
            if (rate > 0)
            {
                var intended = began + (long)(((turn * connections) + number) * (double)Stopwatch.Frequency / rate);
                if (intended > due)
                    await Task.Delay(TimeSpan.FromSeconds((intended - due) / (double)Stopwatch.Frequency));
                due = intended;
            }

            if (due >= end || Stopwatch.GetTimestamp() >= end)
                return (times, refused, refusal);
            var (status, body) = await connection.Ask(request(number, turn), keep: false);
            times.Add(Stopwatch.GetTimestamp() - due);
            if (status >= 400)
                (refused, refusal) = (refused + 1, $"{status} {body}");
        }
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    /// <summary>One HTTP/1.1 connection that stays open.</summary>
    public sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly Uri address;
        private byte[] buffer = new byte[256 << 10];
        private bool connected;

        public Connection(Uri address) => this.address = address;

        public void Dispose() => socket.Dispose();

        /// <summary>Sends a request and reads its answer, which must tell its length or be chunked.</summary>
        public async Task<(int Status, string? Body)> Ask(ReadOnlyMemory<byte> request, bool keep)
        {
            if (!connected)
                await socket.ConnectAsync("127.0.0.1", address.Port);
            connected = true;
            for (var rest = request; rest.Length > 0; )
                rest = rest[await socket.SendAsync(rest)..];
            var read = 0;
            int head;
            while ((head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8)) < 0)
                read += await More(read);
            var status = ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + buffer[11] - '0';
            var begins = head + 4;
            if (Length(buffer.AsSpan(0, head)) is { } length)
            {
                while (read < begins + length)
                    read += await More(read);
                return (status, keep || status >= 400 ? Encoding.UTF8.GetString(buffer, begins, length) : null);
            }

            while (status != 204 && !buffer.AsSpan(begins, read - begins).EndsWith("0\r\n\r\n"u8))
                read += await More(read);
            return (status, keep || status >= 400 ? Encoding.UTF8.GetString(buffer, begins, read - begins) : null);
        }

        private async Task<int> More(int at)
        {
            if (at == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            return await socket.ReceiveAsync(buffer.AsMemory(at)) is > 0 and var count
                ? count
                : throw new IOException("The server closed the connection.");
        }

        private static int? Length(ReadOnlySpan<byte> head)
        {
            var at = head.IndexOf("Content-Length: "u8);
            return at < 0
                ? null
                : int.Parse(
                    head[(at + 16)..][
                        ..Math.Max(
                            0,
                            head[(at + 16)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var stop
                                ? stop
                                : head.Length - at - 16
                        )
                    ],
                    CultureInfo.InvariantCulture
                );
        }
    }
}
