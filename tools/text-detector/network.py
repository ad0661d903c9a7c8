"""The networks and the preparation of their input. src/Smi.Deid/Pixels/Detection repeats both; change them together."""
import math
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CELL = 4
BLOCK, REACH, FLOOR = 4, 4, 0.006
FIRST_LOOK, SECOND_LOOK = (16, 32, 64), (32, 64, 128)


def toned(picture):
    """Whole grey values of any depth to about 0..1: the 0.5 and 99.5 percentiles become 0 and 1, what lies beyond is compressed, not cut."""
    least = int(picture.min())
    values = picture.astype(np.int64) - least
    counts = np.bincount(values.ravel())
    low, high = np.searchsorted(np.cumsum(counts), np.rint(np.array([0.005, 0.995]) * (values.size - 1)), side="right")
    x = ((np.arange(len(counts)) - low) / max(high - low, (len(counts) - 1) / 16, 1e-6)).astype(np.float32)
    above, below = np.maximum(x - 1, 0), np.maximum(-x, 0)
    return (np.clip(x, 0, 1) + 0.3 * np.log1p(above) - 0.3 * np.log1p(below))[values]


def prepared(x, heights, widths):
    """(n, 1, h, w) toned values to the two input channels: the value, and the value relative to the mean and deviation of its 36-pixel
    neighbourhood. Below the height and right of the width of each picture its last pixels are repeated for the means; the channels are 0 there."""
    def neighbourhood(v):
        blocks = F.pad(F.avg_pool2d(v, BLOCK), [REACH] * 4, mode="replicate")
        return F.interpolate(F.avg_pool2d(blocks, 2 * REACH + 1, stride=1), scale_factor=BLOCK, mode="nearest")
    mean = neighbourhood(x)
    deviation = (neighbourhood(x * x) - mean * mean).clamp(min=0).sqrt()
    channels = torch.cat([2 * x - 1, ((x - mean) / (deviation + FLOOR)).clamp(-4, 4) / 2], 1)
    for picture, height, width in zip(channels, heights, widths):
        picture[:, height:] = 0
        picture[:, :, width:] = 0
    return channels


def step(inputs, outputs, kernel=3, stride=1):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class TextNetwork(nn.Module):
    """Down to a sixteenth of the resolution for context and back to a quarter; the answer is one logit for each 4 x 4 pixels.
    `channels`: at a quarter, an eighth and a sixteenth of the resolution."""

    def __init__(self, channels=FIRST_LOOK):
        super().__init__()
        a, b, c = channels
        self.second, self.fourth, self.fourth2 = step(2, a, 4, 2), step(a, a, 4, 2), step(a, a)
        self.eighth, self.eighth2, self.eighth3 = step(a, b, 3, 2), step(b, b), step(b, b)
        self.sixteenth, self.sixteenth2, self.sixteenth3 = step(b, c, 3, 2), step(c, c), step(c, c)
        self.up8, self.join8 = nn.Conv2d(c, b, 1), step(b, b)
        self.up4, self.join4, self.last4 = nn.Conv2d(b, a, 1), step(a, a), step(a, a)
        self.answer = nn.Conv2d(a, 1, 1)
        nn.init.constant_(self.answer.bias, -2.0)

    def forward(self, x):
        quarter = self.fourth2(self.fourth(self.second(x)))
        eighth = self.eighth3(self.eighth2(self.eighth(quarter)))
        deep = self.sixteenth3(self.sixteenth2(self.sixteenth(eighth)))
        eighth = self.join8(F.relu(eighth + F.interpolate(self.up8(deep), scale_factor=2, mode="nearest")))
        return self.answer(self.last4(self.join4(F.relu(quarter + F.interpolate(self.up4(eighth), scale_factor=2, mode="nearest")))))

    def layers(self):
        """(name, weights [ky, kx, in, out], bias) with the batch normalisation folded in, in the order of use."""
        for name, part in self.named_children():
            convolution = part[0] if isinstance(part, nn.Sequential) else part
            weight, bias = convolution.weight.detach(), convolution.bias.detach() if convolution.bias is not None else None
            if isinstance(part, nn.Sequential):
                norm = part[1]
                gain = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
                weight, bias = weight * gain[:, None, None, None], norm.bias.detach() - norm.running_mean * gain
            yield name, weight.permute(2, 3, 1, 0).contiguous().numpy(), bias.numpy()


def export(network, out):
    """`SMITEXT1`, then for each layer four int32 (kernel height, width, inputs, outputs), float16 weights [ky][kx][in][out], float16 bias."""
    network.eval()
    with open(out, "wb") as f:
        f.write(b"SMITEXT1")
        for _, weight, bias in network.layers():
            f.write(struct.pack("<4i", *weight.shape) + weight.astype("<f2").tobytes() + bias.astype("<f2").tobytes())


def loaded(file):
    """The network of a file of weights, of the channels that it has there; its batch normalisations only add their bias."""
    raw, state = np.fromfile(file, np.uint8)[8:], {}
    for name, part in TextNetwork().named_children():
        kh, kw, inputs, outputs = raw[:16].view("<i4")
        size = kh * kw * inputs * outputs
        weight, bias = (torch.from_numpy(raw[16 + 2 * a:16 + 2 * b].view("<f2").astype(np.float32)) for a, b in ((0, size), (size, size + outputs)))
        raw = raw[16 + 2 * (size + outputs):]
        weight = weight.reshape(kh, kw, inputs, outputs).permute(3, 2, 0, 1).contiguous()
        if isinstance(part, nn.Sequential):
            neutral = torch.full_like(bias, math.sqrt(1 + part[1].eps))
            state |= {f"{name}.0.weight": weight, f"{name}.1.weight": neutral, f"{name}.1.bias": bias}
        else:
            state |= {f"{name}.weight": weight, f"{name}.bias": bias}
    network = TextNetwork([len(state[f"{name}.0.weight"]) for name in ("fourth", "eighth", "sixteenth")])
    network.load_state_dict({**network.state_dict(), **state})
    return network.eval()


def first_look(network, picture):
    """Logits of the cells of a whole picture."""
    height, width = picture.shape
    tones = np.pad(toned(picture), ((0, -height % 16), (0, -width % 16)), mode="edge")
    with torch.no_grad():
        return network(prepared(torch.from_numpy(tones)[None, None], [height], [width]))[0, 0].numpy()
