namespace TagGateway.Demo; internal static class X { }
