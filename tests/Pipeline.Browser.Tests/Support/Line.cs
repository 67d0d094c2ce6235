using System.Net;
using System.Net.Sockets;

namespace Pipeline.Browser.Tests.Support;

/// <summary>The way to the program, which can be cut and mended: what a page sees of a server that goes and comes back.</summary>
public sealed class Line : IDisposable
{
    private readonly int target;
    private readonly List<TcpClient> ends = [];
    private TcpListener? listener;

    public Line(int target)
    {
        this.target = target;
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Accept(listener);
    }

    public int Port { get; }

    public string Url => $"http://localhost:{Port}";

    public void Cut()
    {
        listener?.Stop();
        listener = null;
        lock (ends)
        {
            foreach (var end in ends)
                end.Dispose();
            ends.Clear();
        }
    }

    public void Mend()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = Accept(listener);
    }

    public void Dispose() => Cut();

    private async Task Accept(TcpListener open)
    {
        try
        {
            while (true)
                _ = Carry(await open.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The line has been cut.
        }
    }

    private async Task Carry(TcpClient near)
    {
        var far = new TcpClient();
        lock (ends)
            ends.AddRange([near, far]);
        try
        {
            await far.ConnectAsync("localhost", target);
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream()),
                far.GetStream().CopyToAsync(near.GetStream())
            );
        }
        catch (Exception error)
            when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has gone.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
