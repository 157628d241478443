use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no such story.")]
    NotFound {
        #[api(detail)]
        f0: u8,
        #[api(detail)]
        f1: u8,
        #[api(detail)]
        f2: u8,
        #[api(detail)]
        f3: u8,
        #[api(detail)]
        f4: u8,
        #[api(detail)]
        f5: u8,
        #[api(detail)]
        f6: u8,
        #[api(detail)]
        f7: u8,
        #[api(detail)]
        f8: u8,
        #[api(detail)]
        f9: u8,
        #[api(detail)]
        f10: u8,
        #[api(detail)]
        f11: u8,
        #[api(detail)]
        f12: u8,
        #[api(detail)]
        f13: u8,
        #[api(detail)]
        f14: u8,
        #[api(detail)]
        f15: u8,
        #[api(detail)]
        f16: u8,
        #[api(detail)]
        f17: u8,
        #[api(detail)]
        f18: u8,
        #[api(detail)]
        f19: u8,
        #[api(detail)]
        f20: u8,
        #[api(detail)]
        f21: u8,
        #[api(detail)]
        f22: u8,
        #[api(detail)]
        f23: u8,
        #[api(detail)]
        f24: u8,
        #[api(detail)]
        f25: u8,
        #[api(detail)]
        f26: u8,
        #[api(detail)]
        f27: u8,
        #[api(detail)]
        f28: u8,
        #[api(detail)]
        f29: u8,
        #[api(detail)]
        f30: u8,
        #[api(detail)]
        f31: u8,
        #[api(detail)]
        f32: u8,
        #[api(detail)]
        f33: u8,
        #[api(detail)]
        f34: u8,
        #[api(detail)]
        f35: u8,
        #[api(detail)]
        f36: u8,
        #[api(detail)]
        f37: u8,
        #[api(detail)]
        f38: u8,
        #[api(detail)]
        f39: u8,
        #[api(detail)]
        f40: u8,
        #[api(detail)]
        f41: u8,
        #[api(detail)]
        f42: u8,
        #[api(detail)]
        f43: u8,
        #[api(detail)]
        f44: u8,
        #[api(detail)]
        f45: u8,
        #[api(detail)]
        f46: u8,
        #[api(detail)]
        f47: u8,
        #[api(detail)]
        f48: u8,
        #[api(detail)]
        f49: u8,
        #[api(detail)]
        f50: u8,
        #[api(detail)]
        f51: u8,
        #[api(detail)]
        f52: u8,
        #[api(detail)]
        f53: u8,
        #[api(detail)]
        f54: u8,
        #[api(detail)]
        f55: u8,
        #[api(detail)]
        f56: u8,
        #[api(detail)]
        f57: u8,
        #[api(detail)]
        f58: u8,
        #[api(detail)]
        f59: u8,
        #[api(detail)]
        f60: u8,
        #[api(detail)]
        f61: u8,
        #[api(detail)]
        f62: u8,
        #[api(detail)]
        f63: u8,
        #[api(detail)]
        f64: u8,
        #[api(detail)]
        f65: u8,
        #[api(detail)]
        f66: u8,
        #[api(detail)]
        f67: u8,
        #[api(detail)]
        f68: u8,
        #[api(detail)]
        f69: u8,
        #[api(detail)]
        f70: u8,
        #[api(detail)]
        f71: u8,
        #[api(detail)]
        f72: u8,
        #[api(detail)]
        f73: u8,
        #[api(detail)]
        f74: u8,
        #[api(detail)]
        f75: u8,
        #[api(detail)]
        f76: u8,
        #[api(detail)]
        f77: u8,
        #[api(detail)]
        f78: u8,
        #[api(detail)]
        f79: u8,
        #[api(detail)]
        f80: u8,
        #[api(detail)]
        f81: u8,
        #[api(detail)]
        f82: u8,
        #[api(detail)]
        f83: u8,
        #[api(detail)]
        f84: u8,
        #[api(detail)]
        f85: u8,
        #[api(detail)]
        f86: u8,
        #[api(detail)]
        f87: u8,
        #[api(detail)]
        f88: u8,
        #[api(detail)]
        f89: u8,
        #[api(detail)]
        f90: u8,
        #[api(detail)]
        f91: u8,
        #[api(detail)]
        f92: u8,
        #[api(detail)]
        f93: u8,
        #[api(detail)]
        f94: u8,
        #[api(detail)]
        f95: u8,
        #[api(detail)]
        f96: u8,
        #[api(detail)]
        f97: u8,
        #[api(detail)]
        f98: u8,
        #[api(detail)]
        f99: u8,
        #[api(detail)]
        f100: u8,
    },
}

fn main() {}
