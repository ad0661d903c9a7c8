"""Fields of floats as pictures."""
import numpy as np
from PIL import Image


def resized(field, shape, how=Image.BICUBIC):
    return np.asarray(Image.fromarray(field.astype(np.float32), "F").resize((shape[1], shape[0]), how))
